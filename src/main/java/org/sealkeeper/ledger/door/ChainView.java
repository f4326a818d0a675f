package org.sealkeeper.ledger.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.SigningKey;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Head;
import org.sealkeeper.merkle.Origin;

/**
 * A chain as its readers see it.
 *
 * @param keyId the first of {@code keyIds}; absent where there is none
 * @param keyIds of the pairs that sign it now, one in each token; none where no version of the key is active
 * @param signatures {@code individual}, or {@code batched} where a block that is asked for alone gets one signature with others
 * @param ceiling the height above which nothing is signed; absent where there is none
 * @param head the highest signed block; absent before the first
 * @param claimed the highest claimed block, where it has no signature yet; the next one to send again if it was yours
 * @param handedOverTo the log of the appliance where the chain goes on; absent where it is signed here
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ChainView(
        ChainName name,
        KeyAlias signingKey,
        Optional<KeyId> keyId,
        List<KeyId> keyIds,
        int hashLength,
        String sequence,
        String signatures,
        Optional<Height> ceiling,
        Optional<HeadView> head,
        Optional<HeadView> claimed,
        Optional<String> handedOverTo) {

    /** The top of a chain. */
    record HeadView(Height height, BlockHash blockHash) {
        private static HeadView of(Head head) {
            return new HeadView(head.height(), head.hash());
        }
    }

    static ChainView of(Chain chain, Optional<SigningKey> key, ChainTop top) {
        List<KeyId> signing = key.stream()
                .flatMap(active -> active.pairs().stream())
                .map(CataloguedKey::keyId)
                .toList();
        return new ChainView(
                chain.name(),
                chain.signingKey(),
                signing.stream().findFirst(),
                signing,
                chain.hashLength(),
                chain.sequence().name().toLowerCase(Locale.ROOT),
                chain.batches().isPresent() ? "batched" : "individual",
                chain.ceiling(),
                top.signed().map(HeadView::of),
                top.claimed().map(HeadView::of),
                top.handedOverTo().map(Origin::value));
    }
}
