package org.sealkeeper.ledger.verification;

import java.util.Optional;
import java.util.Set;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyId;

/** What a file of signed blocks is worth. */
public sealed interface ChainVerdict {

    /** Every signature and every link holds, from {@code first} to {@code last}, whose hash is {@code head}. */
    record Valid(ChainName chain, long blocks, Height first, Height last, Set<KeyId> keys, BlockHash head)
            implements ChainVerdict {}

    /**
     * The first thing that is wrong.
     *
     * @param line counted from 1; the last one read where the file as a whole is to blame, 0 of an empty file
     * @param height as the line states it; empty where it states none
     */
    record Invalid(long line, Optional<Height> height, String reason) implements ChainVerdict {}

    /**
     * A line cannot be read, so its signature was not judged, nor anything behind it.
     *
     * @param line counted from 1
     */
    record Malformed(long line, String reason) implements ChainVerdict {}
}
