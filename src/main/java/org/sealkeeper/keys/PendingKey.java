package org.sealkeeper.keys;

import java.time.Instant;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;

/** The durable intent to make a key pair in a token: the catalogue's row from before the token is asked until the key is proven. */
public record PendingKey(
        KeyAlias alias,
        int version,
        TokenLabel token,
        KeyPurpose purpose,
        SigningAlgorithm algorithm,
        CkaId ckaId,
        Instant createdAt) {

    /** The CKA_LABEL of its objects in the token. */
    public String label() {
        return CataloguedKey.label(alias, version);
    }
}
