package org.sealkeeper.rollback;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;

/** What earlier versions had the token remember: the last signed checkpoint, in a data object. Replaced at the first start. */
record LegacyCheckpoint(Hsm hsm) {
    private static final String LABEL = "sealkeeper-audit-checkpoint";

    /** The largest one; empty where there is none that can be read. */
    Optional<Remembered> read() {
        return hsm.dataObjects().values(LABEL).stream()
                .flatMap(value -> parse(value).stream())
                .max(Comparator.comparingLong(Checkpoint::size))
                .map(checkpoint -> new Remembered(checkpoint, new TreeMap<>()));
    }

    void remove() {
        hsm.dataObjects().destroy(LABEL);
    }

    private static Optional<Checkpoint> parse(byte[] value) {
        try {
            return Optional.of(Checkpoint.parse(Note.parse(value).text()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
