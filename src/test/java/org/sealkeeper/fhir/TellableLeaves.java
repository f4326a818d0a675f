package org.sealkeeper.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sealkeeper.audit.Actor;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.KeyVersion;
import org.sealkeeper.audit.KindsOfLeaves;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.audit.Tally;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.TreeHash;

/** A leaf of every kind, by callers of every kind, with every member that such a leaf can have. */
final class TellableLeaves {
    static final Origin LOG = new Origin("lab-a.example/sealkeeper");

    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00.137Z");
    private static final String DIGEST = "9c1e".repeat(16);
    private static final KeyAlias ALIAS = new KeyAlias("patient-data");
    private static final ChainName CHAIN = new ChainName("lab-a");
    private static final BlockHash HASH = new BlockHash("ab".repeat(32));
    private static final KeyVersion KEY =
            new KeyVersion(new KeyAlias("lab-a-blocks"), 1, new KeyId("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    private static final BearerToken TOKEN = new BearerToken(
            "https://id.example/realms/clinic", "b7d2 \uD83E\uDE7A Dr. Zoë", Optional.of("4f2c-jti"), Map.of());
    private static final CallerId CERTIFICATE = new CallerId("urn:sealkeeper:clinician:clinician-a");
    private static final CallerId DISTINGUISHED_NAME = new CallerId("CN=node-a,O=Some Hospital");
    private static final List<Actor> ACTORS = List.of(
            new Actor.Identified(Caller.of(CERTIFICATE)),
            new Actor.Identified(new Caller(Optional.of(DISTINGUISHED_NAME), Optional.of(TOKEN))),
            new Actor.Identified(new Caller(Optional.empty(), Optional.of(TOKEN))),
            new Actor.Anonymous(),
            new Actor.Operator(),
            new Actor.Appliance());

    private TellableLeaves() {}

    /** One of each kind; each by the next of the callers, and all kinds of callers of a release. */
    static List<LoggedLeaf> all() {
        List<Leaf> leaves = new ArrayList<>();
        for (String kind : KindsOfLeaves.all()) {
            String[] words = kind.split(" ", -1);
            if (words.length == 2) {
                leaves.add(leaf(operation(words[0]), outcome(words[1]), ACTORS.get(leaves.size() % ACTORS.size())));
            }
        }
        ACTORS.forEach(actor -> leaves.add(leaf(Operation.UNWRAP_DATA_KEY, Outcome.DONE, actor)));
        leaves.add(leaf(Operation.OTHER_REQUEST, Outcome.REFUSED, new Actor.Anonymous())
                .counting(new Tally(40, NOW.minusSeconds(9))));
        List<LoggedLeaf> logged = new ArrayList<>();
        for (Leaf leaf : leaves) {
            logged.add(LoggedLeaf.of(LOG, logged.size(), RecordedLeaf.parse(leaf.canonicalJson())));
        }
        return logged;
    }

    private static Leaf leaf(Operation operation, Outcome outcome, Actor actor) {
        boolean isRefused = outcome == Outcome.REFUSED;
        Optional<Reason> reason =
                isRefused || outcome == Outcome.FAILED ? Optional.of(new Reason("forbidden")) : Optional.empty();
        Decision decision = new Decision(
                !isRefused, "grants/node-a", Optional.of(DIGEST), Optional.of("{\"email\":\"zoe@clinic.example\"}"));
        Leaf leaf = Leaf.done(NOW, operation, actor, subject(operation), "grants/node-a")
                .ending(outcome, reason, outcome == Outcome.BEGUN ? OptionalLong.empty() : OptionalLong.of(14))
                .in(new RequestId("3e5f-1"))
                .decidedBy(isRefused ? Decision.denied("default-deny") : decision);
        return switch (operation) {
            case SIGN_BLOCK, CREATE_KEY, CHANGE_KEY_STATE, IMPORT_CERTIFICATE, DESTROY_KEY -> leaf.with(KEY);
            case FORGET_TOKEN, CHANGE_TOKEN_STATE, UNWRAP_DATA_KEY -> leaf.inside(new TokenLabel("token-1"));
            default -> leaf;
        };
    }

    private static Subject subject(Operation operation) {
        return switch (operation) {
            case SIGN_BLOCK -> new Subject.Block(CHAIN, new Height(12), HASH, HASH);
            case READ_CHAIN -> new Subject.Chain(CHAIN);
            case CLOSE_CHAIN, OPEN_CHAIN ->
                new Subject.Handover(
                        CHAIN, new Height(12), Optional.of(HASH), HASH, "contiguous", new Origin("lab-b"), 1);
            case COSIGN_CHECKPOINT, ACCEPT_ROLLBACK, ACKNOWLEDGE_APPLIANCE, RETIRE_APPLIANCE ->
                new Subject.Log(new Checkpoint(new Origin("Log of lab B"), 7, TreeHash.EMPTY_ROOT));
            case GENERATE_DATA_KEY, UNWRAP_DATA_KEY, REWRAP_DATA_KEY ->
                new Subject.DataKey(
                        ALIAS,
                        OptionalInt.of(2),
                        Optional.of(DIGEST),
                        Optional.of(new RecipientName("clinician-a")),
                        Optional.of("BTG"),
                        operation == Operation.UNWRAP_DATA_KEY ? OptionalLong.of(9) : OptionalLong.empty());
            case BEGIN_EMERGENCY_ACCESS, END_EMERGENCY_ACCESS -> new Subject.Emergency(ALIAS, "BTG", "5a17".repeat(16));
            case ROTATE_KEY -> new Subject.SecretKey(ALIAS, 3);
            case CHANGE_KEY_STATE -> new Subject.KeyState("compromised", Optional.of(NOW.minusSeconds(60)));
            case OPEN_REWRAP_WINDOW, CLOSE_REWRAP_WINDOW -> new Subject.RewrapWindow(ALIAS, 2, 3);
            case ENROLL_RECIPIENT, RETIRE_RECIPIENT -> new Subject.Recipient(new RecipientName("clinician-a"), DIGEST);
            default -> new Subject.Whole();
        };
    }

    private static Operation operation(String text) {
        return Operation.named(text).orElseThrow();
    }

    private static Outcome outcome(String text) {
        return Stream.of(Outcome.values())
                .filter(outcome -> outcome.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** A block with a signature of its own, and one of a batch. */
    static List<SignedBlock> blocks() {
        var single = new SignedBlock(
                CHAIN,
                new Height(12),
                "2026-01-05T08:00:00.137Z",
                KEY.keyId(),
                "eyJhbGciOiJFUzI1NiJ9.e30.AAAA",
                Optional.empty(),
                Optional.of(SignedBlock.leaf(LOG.value(), 7)));
        var batched = new SignedBlock(
                CHAIN,
                new Height(13),
                single.signedAt(),
                single.keyId(),
                single.jws(),
                Optional.of("{\"statement\":\"{}\",\"proof\":{\"leafIndex\":0,\"leafCount\":1,\"hashes\":[]}}"),
                Optional.empty());
        return List.of(single, batched);
    }
}
