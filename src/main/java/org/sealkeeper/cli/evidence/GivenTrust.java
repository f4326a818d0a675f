package org.sealkeeper.cli.evidence;

import java.util.Optional;
import java.util.Set;
import org.sealkeeper.evidence.Claim;
import org.sealkeeper.evidence.Trust;
import org.sealkeeper.ledger.verification.BlockLine;
import org.sealkeeper.ledger.verification.BlockVerdict;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.InvalidLog;
import org.sealkeeper.mirror.MalformedLog;
import org.sealkeeper.verify.TrustedKeys;

/** The keys that were given to a command. */
record GivenTrust(CheckpointJudge log, TrustedKeys signers) implements Trust {
    private static final String PLACE = "the checkpoint";
    private static final String WITNESSED = "witnessed";

    @Override
    public JudgedBlock block(String block) {
        return switch (new BlockLine(signers).judge(block)) {
            case BlockVerdict.Valid(var statement, var key) ->
                new JudgedBlock(
                        Optional.empty(),
                        statement.chain().value(),
                        statement.height().value(),
                        statement.previousHash().hex(),
                        statement.blockHash().hex(),
                        key.value());
            case BlockVerdict.Invalid(var why) -> JudgedBlock.refused(why);
            case BlockVerdict.Malformed(var why) -> JudgedBlock.refused(why);
        };
    }

    /** By one of the keys given: those of today may be others than when the bundle was made. */
    @Override
    public Optional<String> whyNotSigned(byte[] note) {
        try {
            var _ = log.remembered(PLACE, note);
            return Optional.empty();
        } catch (InvalidLog | MalformedLog e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Claim witnessed(byte[] note) {
        if (log.policy().witnesses().isEmpty()) {
            return new Claim(WITNESSED, Claim.Verdict.UNKNOWN, "no witnesses were named (--policy)");
        }
        try {
            Set<VerifierKey> cosigners = log.remembered(PLACE, note).witnesses();
            return log.policy().isSatisfiedBy(cosigners)
                    ? new Claim(
                            WITNESSED,
                            Claim.Verdict.TRUE,
                            cosigners.size() + " of the witnesses named cosigned the checkpoint")
                    : new Claim(
                            WITNESSED,
                            Claim.Verdict.FALSE,
                            "the policy asks for more than the " + cosigners.size()
                                    + " witnesses that cosigned the checkpoint");
        } catch (InvalidLog | MalformedLog e) {
            return new Claim(WITNESSED, Claim.Verdict.FALSE, String.valueOf(e.getMessage()));
        }
    }
}
