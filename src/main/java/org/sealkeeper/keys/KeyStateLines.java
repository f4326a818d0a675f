package org.sealkeeper.keys;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The companion of the JWK Set: what a set has no member for. One JSON object a line, for each key that signs blocks: {@code kid}, {@code
 * alias}, {@code version}, {@code state}, {@code stateSince}, and {@code compromisedSince} where it is compromised.
 */
public final class KeyStateLines {
    private KeyStateLines() {}

    /** The text of those that sign blocks. */
    public static String ofBlocks(List<CataloguedKey> keys) {
        return keys.stream()
                .filter(key -> key.purpose() == KeyPurpose.BLOCK_SIGNING)
                .map(KeyStateLines::line)
                .collect(Collectors.joining());
    }

    private static String line(CataloguedKey key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kid", key.keyId().value());
        members.put("alias", key.alias().value());
        members.put("version", key.version());
        members.put("state", key.state().text());
        members.put("stateSince", key.status().since().toString());
        key.status().compromisedSince().ifPresent(since -> members.put("compromisedSince", since.toString()));
        return JSONObjectUtils.toJSONString(members) + "\n";
    }
}
