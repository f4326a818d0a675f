package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.Reason;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.store.Store;
import org.sealkeeper.verify.Digests;

/**
 * Has the changes of approved requests be made, each request once. May die at any moment: a request is begun before its first change, and the
 * same one executed again makes what is missing.
 */
public final class Ceremonies {
    private final CeremonyTable table;
    private final OfficersTable officers;
    private final Store store;
    private final InstantSource clock;

    /** Needs the lock: what is approved is made by one process at a time. */
    public Ceremonies(Store store, InstantSource clock, ProvisioningLock lock) {
        lock.requireHeld();
        this.store = store;
        this.table = new CeremonyTable(store);
        this.officers = new OfficersTable(store);
        this.clock = clock;
    }

    /** A request may go on, or why not. */
    public sealed interface Beginning {
        /**
         * It may.
         *
         * @param control lets its changes be made
         */
        record Begun(ChangeControl control) implements Beginning {}

        /** It may not: nothing was changed. */
        record Refused(String why) implements Beginning {}
    }

    /** Those who approve changes; empty where one operator alone changes keys. */
    public Optional<Officers> officers() {
        return officers.inForce();
    }

    /** The one of this request; empty where it was never begun. */
    private Optional<CeremonyRow> of(String digest) {
        return table.named(digest);
    }

    /** What the store says now of keys, recipients and windows: SHA-256 in lowercase hex. */
    public String catalogue() {
        return CatalogueDigest.of(store);
    }

    /** What decides about changes outside of a ceremony. */
    public ChangeControl outside() {
        return officers().isEmpty()
                ? ChangeControl.ofOperator()
                : change -> {
                    throw new ConfigurationFault("officers approve changes of this kind ("
                            + change.operation().text()
                            + "): run the command with --request FOLDER, have the request approved with 'sealkeeper"
                            + " ceremony approve', and run 'sealkeeper ceremony execute'");
                };
    }

    /**
     * Begins a request, or goes on with it where it was begun before: then approvals and basis are those of its beginning.
     *
     * @param lists what the authorities of the officers' certificates revoked
     * @param basis what it must rest on, as it is now
     */
    public Beginning begin(Request request, List<Approval> approvals, Optional<KeyFile> lists, Basis basis) {
        Optional<CeremonyRow> known = of(request.digest());
        if (known.isPresent()) {
            return goOn(known.get());
        }
        return switch (new ApprovalJudge(officers(), lists).judge(request, approvals, clock.instant())) {
            case Verdict.Refused(var why) -> new Beginning.Refused(why);
            case Verdict.Approved _ ->
                whyOther(request.basis(), basis)
                        .<Beginning>map(Beginning.Refused::new)
                        .orElseGet(() -> {
                            List<Leaf> abandoned = table.unfinished().stream()
                                    .map(this::abandonment)
                                    .toList();
                            table.begin(
                                    request,
                                    approvals,
                                    lists.map(file -> file.file().text()),
                                    leaf(request).ending(Outcome.BEGUN, Optional.empty(), OptionalLong.empty()),
                                    abandoned);
                            return new Beginning.Begun(new ApprovedChanges(request));
                        });
        };
    }

    private static Beginning goOn(CeremonyRow known) {
        return switch (known.state()) {
            case BEGUN -> new Beginning.Begun(new ApprovedChanges(known.request()));
            case DONE ->
                new Beginning.Refused("it was executed at " + known.endedAt().orElseThrow()
                        + ", and counts once: make a request anew");
            case ABANDONED ->
                new Beginning.Refused(
                        "it was begun at " + known.begunAt() + ", and abandoned for another one: make a request anew");
        };
    }

    private static Optional<String> whyOther(Basis asked, Basis now) {
        if (!asked.tokens().equals(now.tokens())) {
            return Optional.of("it was made for other tokens: expected " + asked.tokens() + ", found " + now.tokens());
        }
        if (!asked.catalogue().equals(now.catalogue())) {
            return Optional.of("keys, recipients or windows were changed since it was made: make the request anew");
        }
        if (!asked.drift().equals(now.drift())) {
            return Optional.of("the tokens are not what they were when it was made: expected the drift " + asked.drift()
                    + ", found " + now.drift());
        }
        return Optional.empty();
    }

    /**
     * Puts officers in force, as an approved change or as the first ones.
     *
     * @param policy the text of the policy in force, which stays so under the first ones
     */
    public void change(Change.ChangeOfficers change, String policy, ChangeControl control) {
        Officers changed = Officers.parse(Path.of("officers.yaml"), change.officers());
        Optional<Officers> before = officers();
        if (before.map(Officers::digest).equals(Optional.of(changed.digest()))) {
            return;
        }
        Decision by = control.require(change);
        officers.put(
                changed,
                leaf(Operation.CHANGE_OFFICERS, by, changed.digest()),
                before.isPresent() ? Optional.empty() : Optional.of(approved(policy, by)));
    }

    /** Lets a policy come into force; returns false if it was let before. */
    public boolean approve(Change.ApprovePolicy change, ChangeControl control) {
        Decision by = control.require(change);
        OfficersTable.ApprovedPolicy policy = approved(change.policy(), by);
        if (officers.haveApproved(policy.digest())) {
            return false;
        }
        officers.approve(policy);
        return true;
    }

    private OfficersTable.ApprovedPolicy approved(String policy, Decision by) {
        String digest = Digests.sha256(policy.getBytes(UTF_8));
        return new OfficersTable.ApprovedPolicy(digest, leaf(Operation.APPROVE_POLICY, by, digest));
    }

    private Leaf leaf(Operation operation, Decision by, String digest) {
        return Leaf.ofCommand(clock.instant(), operation, new Subject.Whole())
                .decidedBy(new Decision(true, by.rule(), Optional.of(digest)));
    }

    /**
     * Ends a request: all its changes are made.
     *
     * @param result what became of them
     */
    public void end(Request request, CeremonyResult result) {
        CeremonyRow begun = of(request.digest()).orElseThrow();
        table.end(
                request.digest(),
                result,
                leaf(request).ending(Outcome.DONE, Optional.empty(), OptionalLong.of(begun.begunLeaf())));
    }

    private Leaf abandonment(CeremonyRow begun) {
        return leaf(begun.request())
                .ending(Outcome.FAILED, Optional.of(new Reason("abandoned")), OptionalLong.of(begun.begunLeaf()));
    }

    private Leaf leaf(Request request) {
        return Leaf.ofCommand(clock.instant(), Operation.CONDUCT_CEREMONY, new Subject.Whole())
                .decidedBy(ApprovedChanges.decision(request));
    }
}
