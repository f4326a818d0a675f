package org.sealkeeper.console;

import java.util.Locale;
import java.util.Optional;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.ledger.door.ChainTop;

/**
 * A chain in a line.
 *
 * @param signed blocks in the last hour
 * @param isMore whether these are only the ones that were looked at
 */
record ChainSummary(
        String name,
        String signingKey,
        String sequence,
        Optional<Head> head,
        int signed,
        boolean isMore,
        String state) {

    static ChainSummary of(Chain chain, ChainTop top, int signed, boolean isMore) {
        return new ChainSummary(
                chain.name().value(),
                chain.signingKey().value(),
                chain.sequence().name().toLowerCase(Locale.ROOT),
                top.signed(),
                signed,
                isMore,
                state(chain, top));
    }

    private static String state(Chain chain, ChainTop top) {
        if (top.handedOverTo().isPresent()) {
            return "handed over to " + top.handedOverTo().get();
        }
        if (top.claimed().isPresent()) {
            return "block " + top.claimed().get().height() + " is claimed and not signed yet";
        }
        return chain.ceiling().map(ceiling -> "signed here up to " + ceiling).orElse("signed here");
    }
}
