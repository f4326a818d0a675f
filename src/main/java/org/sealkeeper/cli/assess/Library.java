package org.sealkeeper.cli.assess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sealkeeper.config.FileFailure;

/**
 * A jar that this program is made of.
 *
 * @param group of its Maven coordinates; empty where the jar does not say it
 */
record Library(Path jar, Optional<String> group, String name, String version) {
    private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
    private static final Pattern COORDINATES = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

    /** By the coordinates that the jar has in it, if it has one; else by its file's name. */
    static Library of(Path jar) {
        return of(jar, coordinates(jar));
    }

    private static Library of(Path jar, Optional<Properties> coordinates) {
        if (coordinates.isPresent()) {
            Properties known = coordinates.get();
            return new Library(
                    jar,
                    Optional.ofNullable(known.getProperty("groupId")),
                    known.getProperty("artifactId", ""),
                    known.getProperty("version", ""));
        }
        String file = String.valueOf(jar.getFileName());
        Matcher named = FILE.matcher(file);
        return named.matches()
                ? new Library(jar, Optional.empty(), named.group(1), named.group(2))
                : new Library(jar, Optional.empty(), file, "");
    }

    /** A jar that others were packed into has several. */
    private static Optional<Properties> coordinates(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            var found = file.stream()
                    .filter(entry -> COORDINATES.matcher(entry.getName()).matches())
                    .toList();
            return found.size() == 1 ? Optional.of(read(file, found.getFirst())) : Optional.empty();
        } catch (IOException e) {
            throw FileFailure.unreadable(jar, e);
        }
    }

    private static Properties read(JarFile file, JarEntry entry) throws IOException {
        var properties = new Properties();
        try (InputStream in = file.getInputStream(entry)) {
            properties.load(in);
        }
        return properties;
    }

    /** As reports name it. */
    String text() {
        return group.map(known -> known + ":").orElse("") + name + (version.isEmpty() ? "" : " " + version);
    }
}
