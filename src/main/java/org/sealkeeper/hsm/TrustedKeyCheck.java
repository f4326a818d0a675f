package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_OAEP;

import java.util.ArrayList;
import java.util.List;
import org.sealkeeper.kernel.SigningAlgorithm;

/** Compares a public key that the token trusts with what was declared of it. */
final class TrustedKeyCheck {
    private final TokenObjects objects;
    private final TokenKey key;
    private final RecipientKey declared;

    TrustedKeyCheck(TokenObjects objects, TokenKey key, RecipientKey declared) {
        this.objects = objects;
        this.key = key;
        this.declared = declared;
    }

    List<Deviation> deviations() {
        long[] found = objects.all(key);
        if (found.length != 1) {
            return List.of(new Deviation("CKA_ID", "number of " + key, "1", Integer.toString(found.length)));
        }
        List<Deviation> deviations = new ArrayList<>();
        var check = new ObjectCheck(objects, found[0], "trusted public key", deviations);
        check(check);
        check.publicKey(declared.spki(), SigningAlgorithm.PS256);
        return List.copyOf(deviations);
    }

    /** What every public key must be that the token trusts. */
    static void check(ObjectCheck check) {
        check.flags(DeclaredAttributes.RECIPIENT);
        check.onlyMechanism(CKM_RSA_PKCS_OAEP);
    }
}
