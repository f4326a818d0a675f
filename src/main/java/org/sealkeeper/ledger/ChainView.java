package org.sealkeeper.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Optional;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;

/**
 * A chain as its readers see it.
 *
 * @param head the highest claimed block; absent before the first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ChainView(
        ChainName name, KeyAlias signingKey, KeyId keyId, int hashLength, String sequence, Optional<HeadView> head) {

    /** The top of a chain. */
    record HeadView(Height height, BlockHash blockHash) {}

    static ChainView of(Chain chain, Optional<Head> head) {
        return new ChainView(
                chain.name(),
                chain.signingKey().alias(),
                chain.signingKey().keyId(),
                chain.hashLength(),
                chain.sequence().name().toLowerCase(Locale.ROOT),
                head.map(top -> new HeadView(top.height(), top.hash())));
    }
}
