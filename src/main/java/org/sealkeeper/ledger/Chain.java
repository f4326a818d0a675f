package org.sealkeeper.ledger;

import java.util.Set;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.keys.CataloguedKey;

/**
 * One declared chain: its key, its form and who may do what with it. Who is not named may do nothing.
 *
 * @param hashLength bytes of every block hash of this chain
 * @param first the height of the first block ever signed here: 0, or the anchor's plus one
 * @param firstLink what the first block must give as previous hash: zeros, or the anchor's hash
 */
record Chain(
        ChainName name,
        CataloguedKey signingKey,
        int hashLength,
        Sequence sequence,
        Height first,
        BlockHash firstLink,
        Set<CallerId> signers,
        Set<CallerId> readers) {

    Chain {
        if (firstLink.lengthInBytes() != hashLength) {
            throw new IllegalArgumentException("expected an anchor hash of " + hashLength + " bytes, found "
                    + firstLink.lengthInBytes() + " bytes");
        }
        signers = Set.copyOf(signers);
        readers = Set.copyOf(readers);
    }

    /** The name of the rule that lets callers sign, in the audit log. */
    String signersRule() {
        return "chains/" + name + "/signers";
    }

    /** The name of the rule that lets callers read, in the audit log. */
    String readersRule() {
        return "chains/" + name + "/readers";
    }

    boolean maySign(CallerId caller) {
        return signers.contains(caller);
    }

    /** Whoever may sign may read. */
    boolean mayRead(CallerId caller) {
        return readers.contains(caller) || maySign(caller);
    }
}
