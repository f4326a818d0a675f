package org.sealkeeper.ledger.handover;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.merkle.Origin;

/** A chain is opened where it is declared as it was where it was closed, and by the appliance it was closed for. */
class DeclaredHereTest {
    private static final Origin OWN = new Origin("lab-b.example/audit");
    private static final HandoverStatement HANDED_OVER = new HandoverStatement(
            new ChainName("lab-a"),
            new Head(new Height(7), hash('7')),
            Optional.of(hash('6')),
            Sequence.CONTIGUOUS,
            OWN,
            1);

    @Test
    void aChainThatIsDeclaredAsItWasFits() {
        HANDED_OVER.requireFor(OWN);
        assertThatCode(() -> require(chain(32, Sequence.CONTIGUOUS, 0, BlockHash.zeros(32))))
                .doesNotThrowAnyException();
        assertThatCode(() -> require(chain(32, Sequence.CONTIGUOUS, 8, hash('7'))))
                .doesNotThrowAnyException();
    }

    @Test
    void whatDoesNotFitIsRefusedByWhatIsDeclared() {
        assertThatThrownBy(() -> HANDED_OVER.requireFor(new Origin("lab-c.example/audit")))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessage(
                        "chain lab-a: expected a handover to the appliance of the log lab-c.example/audit, found one to"
                                + " that of lab-b.example/audit");
        assertThatThrownBy(() -> new DeclaredHere(_ -> Optional.empty()).require(HANDED_OVER))
                .hasMessage("chain lab-a: expected it to be declared in chains.yaml, found none of this name");
        assertThatThrownBy(() -> require(chain(48, Sequence.CONTIGUOUS, 0, BlockHash.zeros(48))))
                .hasMessage("chain lab-a: expected 'hashLength: 32' in chains.yaml, found 48");
        assertThatThrownBy(() -> require(chain(32, Sequence.INCREASING, 0, BlockHash.zeros(32))))
                .hasMessage("chain lab-a: expected 'sequence: contiguous' in chains.yaml, found another");
    }

    @Test
    void aChainThatStartsAboveItsHeadOrAtAnotherBlockDoesNotFit() {
        String expected = "chain lab-a: expected a 'start' in chains.yaml that the ledger has, at or below height 7";
        assertThatThrownBy(() -> require(chain(32, Sequence.CONTIGUOUS, 9, hash('8'))))
                .hasMessageStartingWith(expected);
        assertThatThrownBy(() -> require(chain(32, Sequence.CONTIGUOUS, 8, hash('9'))))
                .hasMessageStartingWith(expected);
    }

    private static void require(Chain declared) {
        new DeclaredHere(_ -> Optional.of(declared)).require(HANDED_OVER);
    }

    private static Chain chain(int hashLength, Sequence sequence, long first, BlockHash link) {
        return new Chain(
                HANDED_OVER.chain(),
                null,
                hashLength,
                sequence,
                new Height(first),
                link,
                Optional.empty(),
                Optional.empty());
    }

    private static BlockHash hash(char digit) {
        return new BlockHash(String.valueOf(digit).repeat(64));
    }
}
