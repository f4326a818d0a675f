package org.sealkeeper.ledger.signing;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.BlockRequest;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.ChainTops;

/** What the guard ruled about one block of a batch, in the transaction that rules about all of them. */
record BatchClaim(Attempt attempt, Ruling ruling) {

    /** A place on a chain. */
    record Place(ChainName chain, Height height) {}

    /**
     * A block that a certain pair is to sign.
     *
     * @param leaves that name the pair
     */
    record Attempt(Asked asked, SigningLeaves leaves, BlocksUnderWay.Turn turn) {

        /** Claims the block, or finds out why not; what is claimed is under way from now on. May run twice. */
        BatchClaim claim(ChainTops tops, BlocksUnderWay underWay, InstantSource clock) throws SQLException {
            BlockRequest request = asked.admitted().request().block();
            Ruling ruling = ChainGuard.ruleInBatch(
                    tops, chain(), request, asked.admitted().proposed(clock), underWay);
            var claim = new BatchClaim(this, ruling);
            if (claim.toBeSigned().isPresent()) {
                turn.begin();
            }
            return claim;
        }

        private Chain chain() {
            return asked.admitted().chain();
        }
    }

    /** What the signature is to say; empty where none is to be made. */
    Optional<BlockStatement> toBeSigned() {
        return switch (ruling) {
            case Ruling.Claimed(var block) -> Optional.of(block.statement());
            case Ruling.Replayed(var block) ->
                Optional.of(block.statement())
                        .filter(statement -> block.signature().isEmpty());
            case Refusal _ -> Optional.empty();
        };
    }

    /** Where it stands. */
    Place place() {
        return new Place(
                attempt.chain().name(),
                attempt.asked().admitted().request().block().height());
    }

    /** Where the block stands that must have its signature first; empty where none must. */
    Optional<Place> predecessor() {
        Place place = place();
        return Optional.of(place.height())
                .filter(attempt.chain()::hasPredecessor)
                .map(height -> new Place(place.chain(), height.previous()));
    }

    /** How its signature is kept. */
    SignatureKeeping keeping(BlockStatement statement) {
        return new SignatureKeeping(attempt.chain(), statement, attempt.leaves(), attempt.turn());
    }
}
