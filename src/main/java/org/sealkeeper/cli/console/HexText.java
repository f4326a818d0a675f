package org.sealkeeper.cli.console;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Bytes written in hexadecimal on the command line; may be none.
 *
 * @param text an even number of digits, of either case
 */
public record HexText(String text) {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F]{2})*+");

    public HexText {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("expected an even number of hexadecimal digits");
        }
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(text);
    }
}
