package org.sealkeeper.ledger.signing;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.gate.Beginning;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.Intent;
import org.sealkeeper.gate.KeyUse.SignBatch;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.ChainTops;
import org.sealkeeper.ledger.KeptSignature;
import org.sealkeeper.ledger.signing.BatchClaim.Attempt;
import org.sealkeeper.rollback.StartConfirmation;
import org.sealkeeper.store.Rows;

/**
 * Signs many blocks with one signature over the tree of their statements, in the same order as for one: all are claimed in one
 * transaction, signed once, and all kept in one transaction.
 *
 * <p>If we crash after the claims, each is signed by itself at the next start, or with whatever others it is asked for again with: a claim is
 * tied to no batch until a signature of one is kept.
 */
record BatchSigning(
        KeyRing keys,
        Gate gate,
        AuditLog audit,
        BlocksUnderWay underWay,
        StartConfirmation confirmation,
        InstantSource clock) {

    /**
     * Signs blocks of chains that this key signs, and tells each caller for itself.
     *
     * @param all those of one chain in the order of their heights
     * @return completes, and never fails, once nothing more is to be signed
     */
    CompletionStage<?> sign(KeyAlias key, List<Asked> all) {
        var open = new AtomicReference<>(all);
        return completedStage(key)
                .thenCompose(these -> keys.untilOneSigns(these, pair -> attempt(pair, open)))
                .handle((done, failure) -> {
                    if (failure != null) {
                        open.get().forEach(asked -> asked.tell(null, failure));
                    }
                    return all;
                });
    }

    /** With another pair, where a token failed, what is still to be signed: the claims stay, and what was refused was told. */
    private CompletionStage<Void> attempt(CataloguedKey pair, AtomicReference<List<Asked>> open) {
        List<Attempt> attempts =
                open.get().stream().map(asked -> attempt(asked, pair)).toList();
        return gate.<SignBatch, List<BatchClaim>>begin(rows -> claim(rows, attempts, pair))
                .whenComplete((begun, failure) -> {
                    if (failure != null) {
                        attempts.forEach(attempt -> attempt.turn().end(false));
                    }
                })
                .thenCompose(begun -> {
                    List<BatchClaim> toBeSigned = settleOthers(begun.finding());
                    open.set(toBeSigned.stream()
                            .map(claim -> claim.attempt().asked())
                            .toList());
                    return begun.intent().isPresent()
                            ? signAndKeep(pair, toBeSigned, begun.intent().get())
                            : completedStage(null);
                });
    }

    private Attempt attempt(Asked asked, CataloguedKey pair) {
        var admitted = asked.admitted();
        return new Attempt(
                asked,
                admitted.leaves().with(pair, keys.recordedToken(pair)),
                underWay.turn(
                        admitted.chain().name(), admitted.request().block().height()));
    }

    private Beginning<SignBatch, List<BatchClaim>> claim(Rows rows, List<Attempt> attempts, CataloguedKey pair)
            throws SQLException {
        confirmation.requireGiven();
        ChainTops tops = ChainTops.of(rows);
        List<BatchClaim> claims = new ArrayList<>();
        List<Leaf> begun = new ArrayList<>();
        for (Attempt attempt : attempts) {
            BatchClaim claim = attempt.claim(tops, underWay, clock);
            claims.add(claim);
            if (claim.toBeSigned().isPresent()) {
                begun.add(attempt.leaves().begun());
            } else if (claim.ruling() instanceof Ruling.Replayed) {
                audit.append(rows, attempt.leaves().replayed(OptionalLong.empty()));
            }
        }
        return begun.isEmpty() ? Beginning.none(claims) : Beginning.ofBatch(claims, begun, new SignBatch(pair));
    }

    /** Tells those of which nothing is to be signed, and gives the others. */
    private List<BatchClaim> settleOthers(List<BatchClaim> claims) {
        List<BatchClaim> toBeSigned = new ArrayList<>();
        for (BatchClaim claim : claims) {
            Attempt attempt = claim.attempt();
            switch (claim.ruling()) {
                case Ruling.Replayed(var block)
                when block.signature().isPresent() -> {
                    attempt.turn().end(true);
                    attempt.asked()
                            .tell(
                                    SigningOutcome.Signed.again(
                                            block.statement(), block.signature().get()),
                                    null);
                }
                case Refusal refusal -> {
                    attempt.turn().end(false);
                    attempt.asked().tell(attempt.leaves().refuse(refusal, audit));
                }
                case Ruling.Claimed _, Ruling.Replayed _ -> toBeSigned.add(claim);
            }
        }
        return toBeSigned;
    }

    private CompletionStage<Void> signAndKeep(CataloguedKey pair, List<BatchClaim> claims, Intent<SignBatch> intent) {
        List<BlockStatement> statements =
                claims.stream().map(claim -> claim.toBeSigned().orElseThrow()).toList();
        List<SignatureKeeping> keeping = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            keeping.add(claims.get(i).keeping(statements.get(i)));
        }
        return gate.carryOut(
                        intent,
                        allowed -> BatchEntrance.whichMayEnter(claims)
                                .thenCompose(enters -> sign(pair, statements, enters, allowed)),
                        new BatchKeeping(keeping))
                .whenComplete((outcomes, failure) -> {
                    for (int i = 0; i < claims.size(); i++) {
                        boolean isSigned = failure == null && outcomes.get(i) instanceof SigningOutcome.Signed;
                        claims.get(i).attempt().turn().end(isSigned);
                    }
                })
                .thenAccept(outcomes -> {
                    for (int i = 0; i < claims.size(); i++) {
                        claims.get(i).attempt().asked().tell(outcomes.get(i), null);
                    }
                });
    }

    private CompletionStage<List<Optional<KeptSignature>>> sign(
            CataloguedKey pair, List<BlockStatement> statements, List<Boolean> enters, Intent<SignBatch> intent) {
        if (!enters.contains(true)) {
            return completedStage(
                    enters.stream().map(none -> Optional.<KeptSignature>empty()).toList());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UnsignedBatch batch = UnsignedBatch.of(pair, statements, enters, now);
        return gate.sign(intent, batch.signingInput()).thenApply(batch::signed);
    }
}
