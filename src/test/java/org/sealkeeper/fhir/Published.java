package org.sealkeeper.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What docs/formats/fhir publishes. */
final class Published {
    private Published() {}

    static Path folder(FhirRelease release) {
        return Path.of("docs/formats/fhir", release.name().toLowerCase(Locale.ROOT));
    }

    /** Code systems and structure definitions, as JSON. */
    static List<String> all(FhirRelease release) {
        try (Stream<Path> files = Files.list(folder(release))) {
            return files.sorted().map(Published::text).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
