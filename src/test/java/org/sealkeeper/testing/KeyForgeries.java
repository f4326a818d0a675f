package org.sealkeeper.testing;

import static org.sealkeeper.testing.EvidenceCases.BEGUN;
import static org.sealkeeper.testing.EvidenceCases.BLOCKS;
import static org.sealkeeper.testing.EvidenceCases.COMPROMISED;
import static org.sealkeeper.testing.EvidenceCases.DESTROYED;
import static org.sealkeeper.testing.EvidenceCases.DONE;
import static org.sealkeeper.testing.EvidenceCases.DONE_BEFORE;
import static org.sealkeeper.testing.EvidenceCases.EMERGENCY;
import static org.sealkeeper.testing.EvidenceCases.KEY;
import static org.sealkeeper.testing.EvidenceCases.LOG;
import static org.sealkeeper.testing.EvidenceCases.MADE;
import static org.sealkeeper.testing.EvidenceCases.OTHER_KEY;
import static org.sealkeeper.testing.EvidenceCases.OTHER_MADE;
import static org.sealkeeper.testing.EvidenceCases.RELEASED;
import static org.sealkeeper.testing.EvidenceCases.draft;
import static org.sealkeeper.testing.EvidenceCases.forged;
import static org.sealkeeper.testing.EvidenceCases.key;
import static org.sealkeeper.testing.EvidenceCases.leaf;
import static org.sealkeeper.testing.EvidenceCases.log;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sealkeeper.testing.EvidenceCases.Case;
import org.sealkeeper.testing.SoftwareEvidence.Log;

/** Bundles whose genuine leaves say something else than they should: of the block, of its key, or of the policy. */
final class KeyForgeries {
    private static final String UNRECORDED =
            "the leaf says something else than that this block was signed with this key";

    private KeyForgeries() {}

    static Stream<Case> all() {
        return Stream.of(records(), histories(), others()).flatMap(cases -> cases);
    }

    private static Stream<Case> records() {
        return Stream.of(
                forged(
                        "the record of another block",
                        "recorded",
                        UNRECORDED,
                        draft().leaves(LOG.proven(2, DONE_BEFORE)).made()),
                forged(
                        "the record of a signature that was only begun",
                        "recorded",
                        UNRECORDED,
                        draft().leaves(LOG.proven(BEGUN)).made()),
                forged(
                        "the record of a signature with another key",
                        "recorded",
                        UNRECORDED,
                        draft(log(DONE, signed(OTHER_KEY, Map.of()))).made()),
                forged(
                        "the record of a refusal",
                        "recorded",
                        UNRECORDED,
                        draft(log(DONE, signed(KEY, Map.of("outcome", "refused"))))
                                .made()),
                forged(
                        "an entry beside it that it does not name",
                        "named-leaves",
                        "the leaf 3 is not named by the last one",
                        draft().leaves(LOG.proven(DONE_BEFORE, DONE)).made()),
                forged(
                        "an emergency that is not that of the release",
                        "named-leaves",
                        "the leaf 4 is not named by the last one",
                        leaf(BEGUN, EMERGENCY + 1, RELEASED)));
    }

    private static Stream<Case> histories() {
        Log deactivated = log(
                OTHER_MADE,
                SoftwareEvidence.ofKey(OTHER_MADE, KEY, "change-key-state", Map.of("keyState", "deactivated")));
        return Stream.of(
                forged(
                        "a key that was compromised before",
                        "key-in-use",
                        "the key is compromised since ",
                        draft().history(LOG.proven(MADE, COMPROMISED)).made()),
                forged(
                        "a key that was deactivated before",
                        "key-in-use",
                        "the leaf 1 says that the key signed no more before that",
                        draft(deactivated)
                                .history(deactivated.proven(MADE, OTHER_MADE))
                                .made()),
                forged(
                        "the history of another key",
                        "key-in-use",
                        "the leaves of the key's history are not of the key",
                        draft().history(LOG.proven(OTHER_MADE)).made()),
                forged(
                        "a history out of order",
                        "key-in-use",
                        "the leaves of the key's history are not of the key",
                        draft().history(LOG.proven(DESTROYED, MADE)).made()),
                forged(
                        "the history of two keys",
                        "key-history",
                        "the leaves are not of one key, in the order of the log",
                        key(LOG.proven(MADE, OTHER_MADE))),
                forged(
                        "a key's history out of order",
                        "key-history",
                        "the leaves are not of one key, in the order of the log",
                        key(LOG.proven(DESTROYED, MADE))),
                forged(
                        "the same leaf twice",
                        "key-history",
                        "the leaves are not of one key, in the order of the log",
                        key(LOG.proven(MADE, MADE))));
    }

    private static Stream<Case> others() {
        return Stream.of(
                forged(
                        "the certificate of another key",
                        "certificate-of-key",
                        "the certificate is of another key",
                        draft().certificate(SoftwareEvidence.certificate(OTHER_KEY))
                                .made()),
                forged(
                        "something that is no certificate",
                        "certificate-of-key",
                        "the certificate cannot be read",
                        draft().certificate("MAAA").made()),
                forged(
                        "another policy",
                        "decided-by-policy",
                        "the policy in the bundle is not the one that the leaf names",
                        draft().policy(SoftwareEvidence.POLICY.replace("node-a", "node-b"))
                                .made()));
    }

    /** What only an engine of policies finds out. */
    static Case decidedOtherwise() {
        return forged(
                "a decision that the policy does not make",
                "decided-by-policy",
                "decides otherwise",
                draft(log(DONE, signed(KEY, Map.of("rule", "grants/nobody")))).made());
    }

    private static String signed(SoftwareKey key, Map<String, Object> more) {
        var members = new TreeMap<String, Object>(Map.of("outcome", "done", "begun", (long) BEGUN));
        members.putAll(more);
        return SoftwareEvidence.ofBlock(DONE, key, BLOCKS.get(2), members);
    }
}
