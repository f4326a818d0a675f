package org.sealkeeper.testing;

import static org.sealkeeper.testing.SoftwareEvidence.ofBlock;
import static org.sealkeeper.testing.SoftwareEvidence.ofKey;
import static org.sealkeeper.testing.SoftwareEvidence.time;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.evidence.Evidence;
import org.sealkeeper.evidence.Evidence.About;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.testing.SoftwareEvidence.Log;

/** Bundles of evidence: good ones, and one of each kind of forgery. Whoever judges them must come to these verdicts. */
public final class EvidenceCases {
    static final SoftwareKey KEY = SoftwareLeaves.KEY;
    static final SoftwareKey OTHER_KEY = SoftwareKey.generate(SigningAlgorithm.ES256, 12);
    static final List<BlockStatement> BLOCKS = SoftwareChain.statements("lab-a", 0, 1, 2);

    /** Places in the log. */
    static final int MADE = 0;

    static final int OTHER_MADE = 1;
    static final int DONE_BEFORE = 3;
    static final int BEGUN = 4;
    static final int DONE = 5;
    static final int EMERGENCY = 6;
    static final int RELEASED = 8;
    static final int COMPROMISED = 9;
    static final int DESTROYED = 10;

    static final Log LOG = Log.of(entries(KEY), SoftwareLog.WITNESS);

    private EvidenceCases() {}

    /**
     * A bundle, and what it is worth to those who trust these.
     *
     * @param name what is right or wrong about it
     * @param vkeys of the log; empty where the policy names it
     * @param policy of witnesses; empty where there is none
     * @param keys a JWK Set of those that sign blocks
     * @param refuted the claim that is false; empty where none is, or it is not even read
     * @param why what the reason has
     */
    public record Case(
            String name,
            String bundle,
            String vkeys,
            String policy,
            String keys,
            Optional<String> refuted,
            String why) {
        static Case of(String name, String bundle, Optional<String> refuted, String why) {
            return new Case(name, bundle, SoftwareLog.VKEYS, "", jwks(KEY, OTHER_KEY), refuted, why);
        }

        /** As it is, with witnesses. */
        Case witnessed() {
            return by("", SoftwareLog.POLICY);
        }

        /** As it is, to those who trust others. */
        Case by(String otherVkeys, String otherPolicy) {
            return new Case(name, bundle, otherVkeys, otherPolicy, keys, refuted, why);
        }

        private Case signedBy(SoftwareKey key) {
            return new Case(name, bundle, vkeys, policy, jwks(key), refuted, why);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static String jwks(SoftwareKey... keys) {
        return new JWKSet(
                        Stream.of(keys).map(key -> key.verificationKey().jwk()).toList())
                .toString();
    }

    /** Those that are valid. */
    public static Stream<Case> good() {
        return Good.CASES.stream();
    }

    /** The first that asks makes them: a pair of RSA takes a second. */
    private static final class Good {
        static final List<Case> CASES = made().toList();
    }

    private static Stream<Case> made() {
        return Stream.concat(
                Stream.of(
                        good("a block", block()),
                        good("a block of a batch", draft().block(batch(2)).made()),
                        good(
                                "a block alone",
                                draft().predecessor(null)
                                        .history(List.of())
                                        .policy(null)
                                        .made()),
                        good("a data key that was released in an emergency", leaf(EMERGENCY, EMERGENCY + 1, RELEASED)),
                        good("a key", key(LOG.proven(MADE, DESTROYED))),
                        good("a block that a witness saw", block()).witnessed()),
                Stream.of(SigningAlgorithm.ES384, SigningAlgorithm.PS256, SigningAlgorithm.EDDSA)
                        .map(EvidenceCases::signedWith));
    }

    private static Case good(String name, Evidence evidence) {
        return Case.of(name, evidence.toString(), Optional.empty(), "");
    }

    private static Case signedWith(SigningAlgorithm algorithm) {
        SoftwareKey key = SoftwareKey.generate(algorithm, 41);
        return good("a block signed with " + algorithm.joseName(), block(Log.of(entries(key)), key))
                .signedBy(key);
    }

    /** Those that are valid, where the algorithm of a signature is one that no browser has. */
    public static Stream<Case> beyondBrowsers() {
        return LogForgeries.beyondBrowsers();
    }

    /** The forgery that a browser does not find out: it says that it did not decide again. */
    public static Case decidedOtherwise() {
        return KeyForgeries.decidedOtherwise();
    }

    /** Those of which no claim is judged, since they are no bundles. */
    public static Stream<Case> unreadable() {
        String text = block().toString();
        return Stream.of(
                        new String[] {"not in canonical form", text + " "},
                        new String[] {"a member twice", text.replaceFirst("\\{", "{\"about\":\"block\",")},
                        new String[] {"a member that is not known", text.replaceFirst("}$", ",\"zeal\":\"yes\"}")},
                        new String[] {"cut off", text.substring(0, text.length() - 1)},
                        new String[] {"another format", text.replace("sealkeeper-evidence/1", "sealkeeper-evidence/2")},
                        new String[] {"of nothing", text.replace("\"about\":\"block\"", "\"about\":\"wish\"")},
                        new String[] {
                            "a block that is missing", text.replaceFirst("\"block\":\".*?[^\\\\]\",\"cert", "\"cert")
                        },
                        new String[] {
                            "an entry that is not in canonical form",
                            text.replace("{\\\"authentication", "{ \\\"authentication")
                        })
                .map(forged -> Case.of(forged[0], forged[1], Optional.empty(), "not a bundle of evidence: expected "));
    }

    /** Those that say something which is not so. */
    public static Stream<Case> forged() {
        return Stream.of(BlockForgeries.all(), LogForgeries.all(), KeyForgeries.all())
                .flatMap(cases -> cases);
    }

    /** Those of them that every client of such logs finds out: the proof or the signature of the log is wrong. */
    public static Stream<Case> ofLog() {
        return LogForgeries.ofEveryClient();
    }

    static Case forged(String name, String refuted, String why, Evidence evidence) {
        return Case.of(name, evidence.toString(), Optional.of(refuted), why);
    }

    /** The good bundle about block 2, to be changed. */
    static EvidenceDraft draft() {
        return EvidenceDraft.of(block());
    }

    /** The same out of another log. */
    static EvidenceDraft draft(Log log) {
        return EvidenceDraft.of(block(log, KEY));
    }

    /** A log in which one entry is another. */
    static Log log(int index, String entry) {
        List<String> entries = entries(KEY);
        entries.set(index, entry);
        return Log.of(entries);
    }

    static Evidence block() {
        return block(LOG, KEY);
    }

    private static Evidence block(Log log, SoftwareKey key) {
        return new Evidence(
                About.BLOCK,
                Optional.of(SoftwareChain.line(key, BLOCKS.get(2))),
                Optional.of(SoftwareChain.line(key, BLOCKS.get(1))),
                List.of(SoftwareEvidence.certificate(key)),
                log.proven(BEGUN, DONE),
                log.proven(MADE),
                Optional.of(SoftwareEvidence.POLICY));
    }

    static Evidence leaf(int... indexes) {
        return new Evidence(
                About.LEAF,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                LOG.proven(indexes),
                List.of(),
                Optional.empty());
    }

    static Evidence key(List<ProvenLeaf> history) {
        return new Evidence(
                About.KEY,
                Optional.empty(),
                Optional.empty(),
                List.of(SoftwareEvidence.certificate(KEY)),
                List.of(),
                history,
                Optional.empty());
    }

    /** A block of the batch of all three. */
    static String batch(int height) {
        return SoftwareChain.batch(KEY, BLOCKS).get(height);
    }

    private static List<String> entries(SoftwareKey key) {
        List<String> entries = new ArrayList<>(List.of(
                ofKey(MADE, key, "create-key", Map.of()),
                ofKey(OTHER_MADE, OTHER_KEY, "create-key", Map.of("key", "lab-b-blocks")),
                ofBlock(2, key, BLOCKS.get(1), Map.of("outcome", "begun")),
                ofBlock(DONE_BEFORE, key, BLOCKS.get(1), Map.of("outcome", "done", "begun", 2L)),
                ofBlock(BEGUN, key, BLOCKS.get(2), Map.of("outcome", "begun")),
                ofBlock(DONE, key, BLOCKS.get(2), Map.of("outcome", "done", "begun", (long) BEGUN))));
        entries.addAll(SoftwareEvidence.emergency(EMERGENCY));
        entries.add(ofKey(
                COMPROMISED,
                key,
                "change-key-state",
                Map.of("keyState", "compromised", "compromisedSince", time(OTHER_MADE))));
        entries.add(ofKey(DESTROYED, key, "destroy-key", Map.of()));
        return entries;
    }
}
