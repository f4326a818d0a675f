package org.sealkeeper.envelope;

import java.util.Optional;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;

/** What a request about a data key ends in, when nothing breaks. */
sealed interface DataKeyResult permits DataKeyResult.Success, Refusal {

    /** It was done. */
    sealed interface Success extends DataKeyResult {
        /** What the caller stores beside the record. */
        String wrapped();

        /** The version of the key-encryption key it rests under. */
        int version();

        /** The token that did it, where the audit log is to name it. */
        Optional<TokenLabel> token();
    }

    /**
     * The data key was released.
     *
     * @param encryptedKey a JWE {@code encrypted_key}, base64url
     * @param alg its JWE {@code alg}
     * @param isNew whether it was made for this request
     */
    record Released(
            String wrapped,
            int version,
            Optional<TokenLabel> token,
            RecipientName recipient,
            String alg,
            String encryptedKey,
            boolean isNew)
            implements Success {}

    /** The data key rests under the newest version now. */
    record Rewrapped(String wrapped, int version, Optional<TokenLabel> token) implements Success {}
}
