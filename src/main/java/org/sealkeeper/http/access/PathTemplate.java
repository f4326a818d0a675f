package org.sealkeeper.http.access;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The declared path of a door, such as {@code /v1/chains/{chain}}: what stands there, not what a caller asked. */
final class PathTemplate {
    private static final Pattern EXPRESSION = Pattern.compile("\\{([^:{}]+):[^{}]*}");
    private static final Pattern SLASHES = Pattern.compile("/+");

    private PathTemplate() {}

    static String of(Method door) {
        String path = "/" + text(door.getDeclaringClass().getAnnotation(Path.class)) + "/"
                + text(door.getAnnotation(Path.class));
        String plain = EXPRESSION.matcher(path).replaceAll("{$1}");
        String single = SLASHES.matcher(plain).replaceAll("/");
        return single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    private static String text(@Nullable Path path) {
        return path == null ? "" : path.value();
    }
}
