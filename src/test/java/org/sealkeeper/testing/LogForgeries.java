package org.sealkeeper.testing;

import static org.sealkeeper.testing.EvidenceCases.BEGUN;
import static org.sealkeeper.testing.EvidenceCases.DONE;
import static org.sealkeeper.testing.EvidenceCases.DONE_BEFORE;
import static org.sealkeeper.testing.EvidenceCases.LOG;
import static org.sealkeeper.testing.EvidenceCases.MADE;
import static org.sealkeeper.testing.EvidenceCases.draft;
import static org.sealkeeper.testing.EvidenceCases.forged;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.merkle.Note;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.NoteSignature;
import org.sealkeeper.testing.EvidenceCases.Case;
import org.sealkeeper.testing.SoftwareEvidence.Log;

/** Bundles whose leaves are not in the log, or in a log that nobody trusts, or that no witness saw. */
final class LogForgeries {
    private static final SoftwareNoteKey OTHER_LOG =
            SoftwareNoteKey.generate("lab-x.example/audit", NoteAlgorithm.ED25519, 31);
    /** Of the name of the log, and not one of its keys. */
    private static final SoftwareNoteKey STRANGER =
            SoftwareNoteKey.generate(SoftwareLog.ORIGIN, NoteAlgorithm.ED25519, 32);

    private static final SoftwareNoteKey STRANGE_WITNESS =
            SoftwareNoteKey.generate("lab-b.example/witness", NoteAlgorithm.COSIGNATURE_V1, 33);
    private static final String UNPROVEN = "the proof of a leaf does not show that it is in the tree of its checkpoint";

    private LogForgeries() {}

    static Stream<Case> all() {
        return Stream.of(proofs(), checkpoints(), witnesses()).flatMap(cases -> cases);
    }

    /** Other clients judge each leaf for itself, and overlook stray bits in base64. */
    static Stream<Case> ofEveryClient() {
        return Stream.concat(proofs(), checkpoints())
                .filter(forged -> !Set.of("leaves under different checkpoints", "a signature in another spelling")
                        .contains(forged.name()));
    }

    private static Stream<Case> proofs() {
        ProvenLeaf before = LOG.proven(DONE_BEFORE).getFirst();
        ProvenLeaf last = LOG.proven(DONE).getFirst();
        return Stream.of(
                inLog("an entry that was changed", UNPROVEN, draft().entry("(\"height\":)2", "$13")),
                inLog("an entry that says more", UNPROVEN, draft().entry("\"v\":1", "\"v\":1,\"w\":1")),
                inLog(
                        "the proof of another entry",
                        UNPROVEN,
                        draft().last(new ProvenLeaf(last.entry(), before.proof()))),
                inLog("a proof of another place", UNPROVEN, draft().proof("index 5", "index 1")),
                inLog(
                        "a proof in which a hash was changed",
                        UNPROVEN,
                        draft().proof("(index 5\n)[A-Za-z0-9+/]{8}", "$1AAAAAAAA")),
                inLog("a proof without its last hash", UNPROVEN, draft().proof("\n[^\n]*\n\n", "\n\n")),
                inLog("something that is no proof", UNPROVEN, draft().proof("tlog-proof@v1", "tlog-proof@v9")),
                inLog(
                        "a tree of another root",
                        UNPROVEN,
                        draft().proofs("(audit\n11\n)[A-Za-z0-9+/]{8}", "$1AAAAAAAA")),
                inLog(
                        "leaves under different checkpoints",
                        "the leaves are not proven to one checkpoint",
                        draft().history(Log.of(LOG.entries().subList(0, DONE)).proven(MADE))));
    }

    private static Stream<Case> checkpoints() {
        String text = LOG.checkpoint().text();
        NoteSignature strange =
                SoftwareLog.ED25519.verifier().line(STRANGER.sign(text).signature());
        return Stream.of(
                checkpoint(
                        "a checkpoint that another key signed",
                        "expected a signature of a key given, found none",
                        note(text, STRANGER.sign(text))),
                checkpoint(
                        "a checkpoint that another log signed",
                        "expected a signature of a key given, found none",
                        note(text, OTHER_LOG.sign(text))),
                checkpoint(
                        "another key under the name of the log's",
                        "expected the signature of " + SoftwareLog.ORIGIN,
                        note(text, strange)),
                checkpoint(
                        "a good signature beside a wrong one",
                        "expected the signature of " + SoftwareLog.ORIGIN,
                        note(text, SoftwareLog.ECDSA.sign(text), strange)),
                checkpoint(
                        "a signature in another spelling",
                        "expected the signature of " + SoftwareLog.ORIGIN,
                        misspelt(text)),
                checkpoint(
                        "a checkpoint of which only the origin was changed",
                        "expected a log whose key was given, found that of another name",
                        draft().proofs("\n\n" + SoftwareLog.ORIGIN, "\n\nlab-x.example/audit")),
                checkpoint(
                        "another log", "expected a log whose key was given, found that of another name", ofOtherLog()));
    }

    /** The last character of the base64 of 68 bytes has bits that mean nothing. */
    private static EvidenceDraft misspelt(String text) {
        String line = SoftwareLog.ED25519.sign(text).line();
        int at = line.length() - 2;
        char next = (char) (line.charAt(at) + 1);
        return note(text, NoteSignature.parse(line.substring(0, at) + next + "="));
    }

    private static EvidenceDraft ofOtherLog() {
        String text = Log.checkpoint("lab-x.example/audit", LOG.entries()).text();
        return note(text, OTHER_LOG.sign(text));
    }

    private static Stream<Case> witnesses() {
        String text = LOG.checkpoint().text();
        NoteSignature own = SoftwareLog.ED25519.sign(text);
        NoteSignature good = SoftwareLog.WITNESS.sign(text);
        NoteSignature strange =
                SoftwareLog.WITNESS.verifier().line(STRANGE_WITNESS.sign(text).signature());
        return Stream.of(
                witness("no witness", "the policy asks for more than the 0 witnesses that cosigned", note(text, own)),
                witness(
                        "a witness that is not asked for",
                        "the policy asks for more than the 0 witnesses that cosigned",
                        note(text, own, STRANGE_WITNESS.sign(text))),
                witness(
                        "another key under the name of the witness",
                        "expected the signature of lab-b.example/witness",
                        note(text, own, strange)),
                witness(
                        "a cosignature of another time",
                        "expected the signature of lab-b.example/witness",
                        note(text, own, later(good))));
    }

    /** Nothing is wrong with these: a browser lacks the algorithm of the log, or of the witness. */
    static Stream<Case> beyondBrowsers() {
        String text = LOG.checkpoint().text();
        MlDsaKey log = MlDsaKey.generate(SoftwareLog.ORIGIN);
        MlDsaKey witness = MlDsaKey.generate("lab-b.example/witness");
        Case good = Case.of(
                "a log that signs with ML-DSA",
                note(text, log.sign(text)).made().toString(),
                Optional.empty(),
                "");
        Case seen = Case.of(
                "a witness that signs with ML-DSA",
                note(text, SoftwareLog.ED25519.sign(text), witness.sign(text))
                        .made()
                        .toString(),
                Optional.empty(),
                "");
        return Stream.of(
                good.by(log.verifier() + "\n", ""),
                seen.by(
                        "",
                        "log " + SoftwareLog.ED25519.verifier() + "\nwitness lab-b " + witness.verifier()
                                + "\nquorum lab-b\n"));
    }

    private static NoteSignature later(NoteSignature line) {
        byte[] timed = line.signature();
        timed[7]++;
        return SoftwareLog.WITNESS.verifier().line(timed);
    }

    /** The good bundle, under this checkpoint. */
    private static EvidenceDraft note(String text, NoteSignature... signatures) {
        var log = new Log(LOG.entries(), new Note(text, List.of(signatures)));
        return draft().leaves(log.proven(BEGUN, DONE)).history(log.proven(MADE));
    }

    private static Case inLog(String name, String why, EvidenceDraft draft) {
        return forged(name, "in-log", why, draft.made());
    }

    private static Case checkpoint(String name, String why, EvidenceDraft draft) {
        return forged(name, "checkpoint-signed", why, draft.made());
    }

    private static Case witness(String name, String why, EvidenceDraft draft) {
        return forged(name, "witnessed", why, draft.made()).witnessed();
    }
}
