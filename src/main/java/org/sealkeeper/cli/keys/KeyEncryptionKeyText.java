package org.sealkeeper.cli.keys;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.provisioning.ProvisionedKeyEncryptionKey;

/** How commands show a key-encryption key. */
final class KeyEncryptionKeyText {
    private static final String PURPOSE = "key-encryption";

    private KeyEncryptionKeyText() {}

    static String of(KeyEncryptionKey key, boolean json) {
        return json ? JsonResult.of(members(key)) : line(key);
    }

    static String of(ProvisionedKeyEncryptionKey done, boolean json) {
        if (!json) {
            return line(done.key()) + ": " + done.outcome().text();
        }
        SequencedMap<String, Object> members = members(done.key());
        members.put("outcome", done.outcome().text());
        return JsonResult.of(members);
    }

    /** @param name alias and version */
    static String unfinished(String name, boolean json) {
        if (!json) {
            return name + ", " + PURPOSE + ", AES-256, pre-active: its making was interrupted; run the command again";
        }
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("purpose", PURPOSE);
        members.put("state", "pre-active");
        return JsonResult.of(members);
    }

    private static String line(KeyEncryptionKey key) {
        return "%s version %d, %s, AES-256, %s%s"
                .formatted(key.alias(), key.version(), PURPOSE, state(key), tokens(key));
    }

    private static SequencedMap<String, Object> members(KeyEncryptionKey key) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("alias", key.alias());
        members.put("version", (long) key.version());
        members.put("purpose", PURPOSE);
        members.put("algorithm", "A256KW");
        members.put("state", state(key));
        members.put("tokens", key.tokens().stream().map(TokenLabel::value).toList());
        members.put("ckaId", key.ckaId());
        members.put("createdAt", key.createdAt());
        return members;
    }

    private static String tokens(KeyEncryptionKey key) {
        return key.isInSeveralTokens()
                ? ", tokens " + key.tokens().stream().map(TokenLabel::value).collect(Collectors.joining(", "))
                : "";
    }

    private static String state(KeyEncryptionKey key) {
        return key.state().name().toLowerCase(Locale.ROOT);
    }
}
