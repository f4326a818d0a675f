package org.sealkeeper.ceremony;

import java.security.cert.X509Certificate;
import java.util.List;
import org.sealkeeper.verify.SpkiKey;
import org.sealkeeper.verify.VerificationKey;

/**
 * One who approves changes.
 *
 * @param chain the officer's certificate first, each issued by the next; of a key for ES256, ES384, PS256 or EdDSA
 */
public record Officer(OfficerName name, List<X509Certificate> chain) {
    public Officer {
        chain = List.copyOf(chain);
        VerificationKey _ = SpkiKey.of(chain.getFirst().getPublicKey().getEncoded());
    }

    /** What the officer's approvals are verified with. */
    public VerificationKey key() {
        return SpkiKey.of(chain.getFirst().getPublicKey().getEncoded());
    }
}
