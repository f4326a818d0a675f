package org.sealkeeper.console;

import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files that pages load: the same for every caller. */
@Singleton
final class Assets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}\\.([a-z]{2,4})");

    /** Where the verifier is, whose scripts the console runs, too (docs/decisions/0039-a-verifier-in-one-file.md). */
    private static final String VERIFIER = "/org/sealkeeper/verifier/";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "html", "text/html;charset=utf-8",
            "svg", "image/svg+xml");

    /** The content of one of them. */
    record Content(String type, InputStream bytes) {}

    /** One of the console's own. */
    Optional<Content> find(String name) {
        return find("", name);
    }

    /** One of the verifier's. */
    Optional<Content> findOfVerifier(String name) {
        return find(VERIFIER, name);
    }

    /** A name has no folder in it, and an ending that pages load. */
    private static Optional<Content> find(String folder, String name) {
        return Optional.of(NAME.matcher(name))
                .filter(matcher -> matcher.matches() && TYPES.containsKey(matcher.group(1)))
                .flatMap(matcher -> Optional.ofNullable(Assets.class.getResourceAsStream(folder + name))
                        .map(bytes -> new Content(TYPES.getOrDefault(matcher.group(1), ""), bytes)));
    }
}
