package org.sealkeeper.ledger.handover;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Chain;

/**
 * What this appliance declares, to which a chain that is opened here must fit.
 *
 * @param chains by their names, as {@link org.sealkeeper.ledger.Chains#named}
 */
public record DeclaredHere(Function<ChainName, Optional<Chain>> chains) {

    /**
     * Makes sure that it fits.
     *
     * @throws ConfigurationFault naming the chain, and what it expected and found
     */
    public void require(HandoverStatement statement) {
        Chain chain = chains.apply(statement.chain())
                .orElseThrow(
                        () -> fault(statement, "expected it to be declared in chains.yaml, found none of this name"));
        if (chain.hashLength() != statement.head().hash().lengthInBytes()) {
            throw fault(
                    statement,
                    "expected 'hashLength: " + statement.head().hash().lengthInBytes() + "' in chains.yaml, found "
                            + chain.hashLength());
        }
        if (chain.sequence() != statement.sequence()) {
            throw fault(
                    statement,
                    "expected 'sequence: " + statement.sequence().name().toLowerCase(Locale.ROOT)
                            + "' in chains.yaml, found another");
        }
        whyItStartsElsewhere(chain, statement).ifPresent(why -> {
            throw fault(statement, why);
        });
    }

    private static Optional<String> whyItStartsElsewhere(Chain chain, HandoverStatement statement) {
        long anchor = chain.first().value() - 1;
        long head = statement.head().height().value();
        boolean isAnotherBlock =
                anchor == head && !chain.firstLink().equals(statement.head().hash());
        return anchor > head || isAnotherBlock
                ? Optional.of("expected a 'start' in chains.yaml that the ledger has, at or below height "
                        + statement.head().height() + ", found one that is not")
                : Optional.empty();
    }

    private static ConfigurationFault fault(HandoverStatement statement, String what) {
        return new ConfigurationFault("chain " + statement.chain() + ": " + what);
    }
}
