package org.sealkeeper.evidence;

import java.util.Optional;

/** Whom those who judge a bundle believe: keys that they brought, never what the bundle says. */
public interface Trust {

    /**
     * Judges the signature of a block.
     *
     * @param block as the API gives it
     */
    JudgedBlock block(String block);

    /**
     * Judges the signatures of a checkpoint by those of the log.
     *
     * @param note the signed checkpoint
     * @return why it is not believed; empty where it is
     */
    Optional<String> whyNotSigned(byte[] note);

    /**
     * Judges whether enough witnesses cosigned a checkpoint.
     *
     * @param note the signed checkpoint
     */
    Claim witnessed(byte[] note);

    /**
     * A block whose signature was judged.
     *
     * @param refusal why it is not believed; empty where it is
     * @param chain the members of the signed statement; empty texts where it is refused
     */
    record JudgedBlock(
            Optional<String> refusal, String chain, long height, String previousHash, String blockHash, String keyId) {
        /** One that is not believed. */
        public static JudgedBlock refused(String why) {
            return new JudgedBlock(Optional.of(why), "", -1, "", "", "");
        }
    }
}
