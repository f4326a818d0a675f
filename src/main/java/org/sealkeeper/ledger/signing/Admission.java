package org.sealkeeper.ledger.signing;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.ledger.BlockRecord;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.policy.PolicyOperation;

/** Lets a request to its chain: one that is declared, on which this caller may sign, with hashes of its length. Claims nothing. */
record Admission(Chains chains, KeyRing keys, Decisions decisions, InstantSource clock) {

    /** What becomes of a request. */
    sealed interface Answer {}

    /** It may try to claim its height. */
    record Admitted(Chain chain, SigningRequest request, SigningLeaves leaves) implements Answer {

        /** The block with everything its signature will say, if it is claimed now. */
        BlockRecord proposed(InstantSource clock) {
            var statement = new BlockStatement(
                    request.chain(),
                    request.block().height(),
                    request.block().previousHash(),
                    request.block().blockHash(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return new BlockRecord(statement, request.caller().name(), Optional.empty());
        }
    }

    /** It is refused. */
    record Refused(SigningLeaves leaves, Refusal refusal) implements Answer {}

    Answer judge(SigningRequest request) {
        Optional<Chain> declared = chains.named(request.chain());
        if (declared.isEmpty()) {
            return new Refused(SigningLeaves.onUnknownChain(request, clock), new Refusal.UnknownChain(request.chain()));
        }
        Chain chain = declared.get();
        Decision decision = decisions.decide(
                request.caller(),
                PolicyOperation.SIGN_BLOCK,
                chain.name(),
                request.block().height());
        SigningLeaves leaves = SigningLeaves.on(chain, request, decision, clock);
        Optional<Refusal> refusal =
                decision.isAllowed() ? whyNotNow(chain, request) : Optional.of(new Refusal.Forbidden());
        if (refusal.isPresent()) {
            return new Refused(named(chain, leaves), refusal.get());
        }
        return new Admitted(chain, request, leaves);
    }

    private Optional<Refusal> whyNotNow(Chain chain, SigningRequest request) {
        return keys.activeKey(chain.signingKey(), KeyPurpose.BLOCK_SIGNING).isPresent()
                ? whyItDoesNotFit(chain, request)
                : Optional.of(new Refusal.KeyInactive(chain.signingKey()));
    }

    private SigningLeaves named(Chain chain, SigningLeaves leaves) {
        return keys.first(chain.signingKey())
                .map(pair -> leaves.with(pair, keys.recordedToken(pair)))
                .orElse(leaves);
    }

    private static Optional<Refusal> whyItDoesNotFit(Chain chain, SigningRequest request) {
        int expected = chain.hashLength();
        int previous = request.block().previousHash().lengthInBytes();
        int block = request.block().blockHash().lengthInBytes();
        if (previous != expected) {
            return Optional.of(new Refusal.WrongHashLength("previousHash", expected, previous));
        }
        return block == expected
                ? Optional.empty()
                : Optional.of(new Refusal.WrongHashLength("blockHash", expected, block));
    }
}
