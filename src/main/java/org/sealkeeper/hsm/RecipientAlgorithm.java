package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKG_MGF1_SHA1;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKG_MGF1_SHA256;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_OAEP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA_1;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_OAEP_PARAMS;

/** How a token encrypts a data key to a recipient. */
public enum RecipientAlgorithm {
    /** RFC 7518 section 4.3: OAEP with SHA-1 and MGF1 with SHA-1; the only one SoftHSM 2.6 has. */
    RSA_OAEP("RSA-OAEP", CKM_SHA_1, CKG_MGF1_SHA1),
    /** RFC 7518 section 4.3: OAEP with SHA-256 and MGF1 with SHA-256. */
    RSA_OAEP_256("RSA-OAEP-256", CKM_SHA256, CKG_MGF1_SHA256);

    static final Map<String, RecipientAlgorithm> BY_JOSE_NAME = Stream.of(values())
            .collect(Collectors.toUnmodifiableMap(RecipientAlgorithm::joseName, Function.identity()));

    private final String joseName;
    private final long hash;
    private final long maskGeneration;

    RecipientAlgorithm(String joseName, long hash, long maskGeneration) {
        this.joseName = joseName;
        this.hash = hash;
        this.maskGeneration = maskGeneration;
    }

    /** The {@code alg} of a JWE. */
    public String joseName() {
        return joseName;
    }

    /** One that tokens of both algorithms have: SHA-1 is no weakness of OAEP, which needs no collision resistance. */
    RecipientAlgorithm common(RecipientAlgorithm other) {
        return this == other ? this : RSA_OAEP;
    }

    /** A new one for each session: the wrapper writes into it. */
    Mechanism mechanism() {
        return new Mechanism(CKM_RSA_PKCS_OAEP, new RSA_PKCS_OAEP_PARAMS(hash, maskGeneration));
    }
}
