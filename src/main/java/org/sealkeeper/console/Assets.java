package org.sealkeeper.console;

import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The files that pages load: the same for every caller. */
@Singleton
final class Assets {
    private static final String SCRIPT = "text/javascript;charset=utf-8";

    private static final Map<String, String> TYPES = Map.of(
            "console.css",
            "text/css;charset=utf-8",
            "times.js",
            SCRIPT,
            "refresh.js",
            SCRIPT,
            "block.js",
            SCRIPT,
            "icon.svg",
            "image/svg+xml");

    /** The content of one of them. */
    record Content(String type, InputStream bytes) {}

    /** No other file than the ones that are named here. */
    Optional<Content> find(String name) {
        return Optional.ofNullable(TYPES.get(name)).map(type -> new Content(type, open(name)));
    }

    private static InputStream open(String name) {
        InputStream file = Assets.class.getResourceAsStream(name);
        if (file == null) {
            throw new IllegalStateException("expected the resource " + name);
        }
        return file;
    }
}
