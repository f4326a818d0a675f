package org.sealkeeper.ledger.verification;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.Height;

/** A block known to be on the chain: what stands above it is judged against it. */
public record Anchor(Height height, BlockHash hash) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,16}):([0-9a-f]+)");

    /**
     * Reads {@code HEIGHT:HASH}.
     *
     * @throws IllegalArgumentException for any other form
     */
    public static Anchor parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected HEIGHT:HASH");
        }
        return new Anchor(new Height(Long.parseLong(parts.group(1))), new BlockHash(parts.group(2)));
    }
}
