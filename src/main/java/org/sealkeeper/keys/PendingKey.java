package org.sealkeeper.keys;

import java.time.Instant;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;

/** The durable intent to make a key: the catalogue's row from before the token is asked until the key is proven. */
public record PendingKey(
        KeyAlias alias, int version, KeyPurpose purpose, SigningAlgorithm algorithm, CkaId ckaId, Instant createdAt) {

    /** The CKA_LABEL of its objects in the token. */
    public String label() {
        return CataloguedKey.label(alias, version);
    }
}
