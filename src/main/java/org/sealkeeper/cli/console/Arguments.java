package org.sealkeeper.cli.console;

import java.util.List;
import java.util.Optional;

/** The words of a command line, which the JVM decoded by the locale it was started in, before we were asked. */
public final class Arguments {
    private static final String UTF_8 = "UTF-8";

    private Arguments() {}

    /**
     * Why they are not to be believed: characters were lost, or turned into others.
     *
     * @param encoding in which the JVM took them, {@code sun.jnu.encoding}; it cannot be chosen but by the locale
     */
    public static Optional<String> complaint(List<String> arguments, String encoding) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean isAscii = argument.chars().allMatch(character -> character < 0x80);
            if (argument.indexOf('\uFFFD') >= 0 || (!isAscii && !encoding.equalsIgnoreCase(UTF_8))) {
                return Optional.of("expected words in UTF-8, found characters in word " + (i + 1)
                        + " that were not, or were read as " + encoding
                        + "; start this with LC_ALL=C.UTF-8, as deployment/sealkeeper does");
            }
        }
        return Optional.empty();
    }
}
