package org.sealkeeper.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.verify.StrictUtf8;

/**
 * Judges the signatures of checkpoints. Stricter than C2SP signed-note asks: of each algorithm a key given of a log must have signed (the
 * others may be in tokens that were away), and a
 * line that has the name of a known signer and an unknown key id is refused, so that no changed bit is overlooked.
 */
public record CheckpointJudge(TrustPolicy policy) {

    /**
     * The checkpoint of a file.
     *
     * @throws MalformedLog unless it is a signed note with a checkpoint
     * @throws InvalidLog unless of each algorithm a key given of its log has signed it, and no line of a known signer is wrong
     */
    public SignedCheckpoint judge(String path, byte[] bytes) {
        return judge(path, bytes, true);
    }

    /**
     * A checkpoint that was judged before, perhaps when the log had other keys: one of its lines must be of a key given.
     *
     * @throws MalformedLog unless it is a signed note with a checkpoint
     * @throws InvalidLog unless that is so, and no line of a known key is wrong
     */
    public SignedCheckpoint remembered(String path, byte[] bytes) {
        return judge(path, bytes, false);
    }

    /**
     * What a file says, without judging its signatures.
     *
     * @throws MalformedLog unless it is a signed note with a checkpoint
     */
    public static Note unjudged(String path, byte[] bytes) {
        try {
            if (StrictUtf8.withoutByteOrderMark(bytes).length < bytes.length) {
                throw new MalformedLog(path, "not a signed checkpoint: expected no byte order mark, found one");
            }
            Note note = Note.parse(bytes);
            Checkpoint.parse(note.text());
            if (!Arrays.equals(note.bytes(), bytes)) {
                throw new MalformedLog(path, "expected a signed note in its one form, found another");
            }
            return note;
        } catch (IllegalArgumentException e) {
            throw new MalformedLog(path, "not a signed checkpoint: " + e.getMessage());
        }
    }

    private SignedCheckpoint judge(String path, byte[] bytes, boolean isNew) {
        Note note = unjudged(path, bytes);
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        List<VerifierKey> logKeys = keysOf(path, checkpoint);
        List<VerifierKey> signed = new ArrayList<>();
        for (VerifierKey key : logKeys) {
            if (isSigned(path, note, key)) {
                signed.add(key);
            }
        }
        if (isNew) {
            requireEveryAlgorithm(path, logKeys, signed);
        }
        if (signed.isEmpty()) {
            throw new InvalidLog(path, "expected a signature of a key given, found none");
        }
        Set<VerifierKey> witnesses = new LinkedHashSet<>();
        for (VerifierKey key : policy.witnesses()) {
            if (isSigned(path, note, key)) {
                witnesses.add(key);
            }
        }
        return new SignedCheckpoint(note, checkpoint, signed, witnesses, unknown(path, note, isNew));
    }

    private static void requireEveryAlgorithm(String path, List<VerifierKey> keys, List<VerifierKey> signed) {
        for (VerifierKey key : keys) {
            if (signed.stream().noneMatch(other -> other.algorithm() == key.algorithm())) {
                throw new InvalidLog(path, "expected a signature of " + named(key) + ", found none");
            }
        }
    }

    private List<VerifierKey> keysOf(String path, Checkpoint checkpoint) {
        List<VerifierKey> keys = new ArrayList<>();
        for (VerifierKey key : policy.logs()) {
            if (key.isNamedLike(checkpoint.origin())) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw new InvalidLog(path, "expected a log whose key was given, found that of another name");
        }
        return keys;
    }

    private static boolean isSigned(String path, Note note, VerifierKey key) {
        try {
            return note.isSignedBy(key);
        } catch (IllegalArgumentException e) {
            throw new InvalidLog(path, String.valueOf(e.getMessage()));
        }
    }

    private int unknown(String path, Note note, boolean isNew) {
        int unknown = 0;
        for (NoteSignature line : note.signatures()) {
            if (known().stream().noneMatch(key -> key.isMeantBy(line))) {
                if (isNew
                        && known().stream().anyMatch(key -> key.name().equals(line.name()))
                        && policy.unknown().stream().noneMatch(key -> key.isMeantBy(line))) {
                    throw new InvalidLog(
                            path,
                            "expected signatures of " + line.name() + " by the keys given alone, found key id "
                                    + line.keyIdText());
                }
                unknown++;
            }
        }
        return unknown;
    }

    private Set<VerifierKey> known() {
        Set<VerifierKey> keys = new LinkedHashSet<>();
        policy.logs().forEach(keys::add);
        policy.witnesses().forEach(keys::add);
        return keys;
    }

    static String named(VerifierKey key) {
        return key.name() + "+" + key.keyIdText();
    }
}
