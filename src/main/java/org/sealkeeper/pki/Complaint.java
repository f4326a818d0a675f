package org.sealkeeper.pki;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.PKIXReason;
import java.util.Map;

/** Why a chain does not validate, in words for its holder. The validator's own would speak of our authorities. */
final class Complaint {
    private static final Map<CertPathValidatorException.Reason, String> WORDS = Map.ofEntries(
            Map.entry(BasicReason.EXPIRED, "has expired, or a certificate of its chain has"),
            Map.entry(BasicReason.NOT_YET_VALID, "is not valid yet, or a certificate of its chain is not"),
            Map.entry(BasicReason.REVOKED, "is revoked, or a certificate of its chain is"),
            Map.entry(
                    BasicReason.UNDETERMINED_REVOCATION_STATUS,
                    "is not known to be unrevoked: there is no current revocation list for it"),
            Map.entry(BasicReason.INVALID_SIGNATURE, "or its chain has a wrong signature"),
            Map.entry(BasicReason.ALGORITHM_CONSTRAINED, "or its chain uses an algorithm that is too weak"),
            Map.entry(PKIXReason.NO_TRUST_ANCHOR, "was not issued by an authority we trust"),
            Map.entry(PKIXReason.NAME_CHAINING, "comes with a chain that is not in order"),
            Map.entry(PKIXReason.NOT_CA_CERT, "was issued by a certificate that is not that of an authority"),
            Map.entry(PKIXReason.PATH_TOO_LONG, "was issued by an authority that may not have authorities below it"),
            Map.entry(PKIXReason.INVALID_NAME, "has a name its authority may not issue"),
            Map.entry(PKIXReason.INVALID_KEY_USAGE, "was issued by a key that is not for issuing certificates"),
            Map.entry(
                    PKIXReason.UNRECOGNIZED_CRIT_EXT, "or its chain has a critical extension that is not known here"));

    private Complaint() {}

    static String of(CertPathValidatorException.Reason reason) {
        return WORDS.getOrDefault(reason, "is not valid");
    }
}
