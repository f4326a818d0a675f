package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Head;

/**
 * A chain as its readers see it.
 *
 * @param head the highest signed block; absent before the first
 * @param claimed the highest claimed block, where it has no signature yet; the next one to send again if it was yours
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ChainView(
        ChainName name,
        KeyAlias signingKey,
        KeyId keyId,
        int hashLength,
        String sequence,
        Optional<HeadView> head,
        Optional<HeadView> claimed) {

    /** The top of a chain. */
    record HeadView(Height height, BlockHash blockHash) {
        private static HeadView of(Head head) {
            return new HeadView(head.height(), head.hash());
        }
    }

    static ChainView of(Chain chain, ChainTop top) {
        return new ChainView(
                chain.name(),
                chain.signingKey().alias(),
                chain.signingKey().keyId(),
                chain.hashLength(),
                chain.sequence().name().toLowerCase(Locale.ROOT),
                top.signed().map(HeadView::of),
                top.claimed().map(HeadView::of));
    }
}
