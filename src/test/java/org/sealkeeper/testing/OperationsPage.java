package org.sealkeeper.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page of docs/operations has one type. */
public record OperationsPage(String text) {
    private static final Pattern TYPED = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    public static OperationsPage of(String name) {
        try {
            return new OperationsPage(Files.readString(Path.of("docs/operations", name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All of it, one below the other. */
    public String typed() {
        return TYPED.matcher(text).results().map(typed -> typed.group(1)).collect(Collectors.joining());
    }

    /** That of the section whose heading begins so. */
    public String typed(String heading) {
        int begin = text.indexOf("\n## " + heading);
        if (begin < 0) {
            throw new AssertionError("expected a section '" + heading + "'");
        }
        int end = text.indexOf("\n## ", begin + 1);
        return new OperationsPage(text.substring(begin, end < 0 ? text.length() : end)).typed();
    }
}
