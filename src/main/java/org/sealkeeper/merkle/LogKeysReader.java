package org.sealkeeper.merkle;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the vkeys of one log, one on each line. */
final class LogKeysReader {
    private final Set<VerifierKey> keys = new LinkedHashSet<>();
    private final Set<UnknownKey> unknown = new LinkedHashSet<>();

    private LogKeysReader() {}

    /** @throws IllegalArgumentException that says which line is wrong, and how */
    static TrustPolicy read(String vkeys) {
        var reader = new LogKeysReader();
        int number = 0;
        for (String vkey : vkeys.lines().toList()) {
            number++;
            if (!vkey.isBlank()) {
                reader.readLine(new LineNumber(number), vkey);
            }
        }
        return reader.policy(new LineNumber(number + 1));
    }

    private void readLine(LineNumber line, String vkey) {
        Optional<VerifierKey> found = line.vkey(vkey);
        if (found.isEmpty()) {
            unknown.add(UnknownKey.of(vkey));
            return;
        }
        VerifierKey key = found.get();
        line.requireNew(key, keys);
        line.require(
                keys.stream().allMatch(log -> log.name().equals(key.name())),
                "expected the same log as before, found '" + key.name() + "'");
        keys.add(key);
    }

    private TrustPolicy policy(LineNumber end) {
        end.require(
                !keys.isEmpty(),
                "expected a vkey of a type known here, which are " + NoteAlgorithm.known()
                        + ", found the end of the text");
        return new TrustPolicy(keys, unknown, WitnessQuorum.OF_NONE);
    }
}
