package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import org.sealkeeper.merkle.AddCheckpoint;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.CompactRange;
import org.sealkeeper.merkle.ConsistencyProof;
import org.sealkeeper.merkle.HashReader;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;
import org.sealkeeper.merkle.VerifierKey;

/** The log of a peer, with an Ed25519 key of the JDK, that does whatever a test wants: it can sign two histories. */
final class SoftwareLog {
    private final VerifierKey verifier;
    private final KeyPair keys;
    private final List<TreeHash> leaves = new ArrayList<>();

    private SoftwareLog(VerifierKey verifier, KeyPair keys) {
        this.verifier = verifier;
        this.keys = keys;
    }

    /** A log without leaves and with a key of its own. */
    static SoftwareLog named(String origin) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] spki = keys.getPublic().getEncoded();
            return new SoftwareLog(VerifierKey.of(new Origin(origin), NoteAlgorithm.ED25519, spki), keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same keys, and the first leaves of this log. */
    SoftwareLog fork(int size) {
        var fork = new SoftwareLog(verifier, keys);
        fork.leaves.addAll(leaves.subList(0, size));
        return fork;
    }

    SoftwareLog grownTo(int size, String seed) {
        while (leaves.size() < size) {
            leaves.add(TreeHash.ofLeaf((seed + leaves.size()).getBytes(UTF_8)));
        }
        return this;
    }

    VerifierKey verifier() {
        return verifier;
    }

    /** The request to cosign this size. */
    AddCheckpoint request(int oldSize, int size) {
        return new AddCheckpoint(oldSize, proof(Math.min(oldSize, size), size), checkpoint(size));
    }

    List<TreeHash> proof(int oldSize, int size) {
        return ConsistencyProof.of(oldSize, size, tree()).hashes();
    }

    Note checkpoint(int size) {
        return signed(new Checkpoint(verifier.name().origin(), size, tree().root(0, size)).text());
    }

    Note signed(String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(text.getBytes(UTF_8));
            return new Note(text, List.of(verifier.line(signer.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private HashReader tree() {
        return (level, index) -> {
            var range = new CompactRange();
            leaves.subList((int) (index << level), (int) ((index + 1) << level)).forEach(range::append);
            return range.root();
        };
    }
}
