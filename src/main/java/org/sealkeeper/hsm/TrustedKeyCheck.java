package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_OAEP;

import java.util.ArrayList;
import java.util.List;

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
            return List.of(new Deviation("number of " + key, "1", Integer.toString(found.length)));
        }
        List<Deviation> deviations = new ArrayList<>();
        var check = new ObjectCheck(objects, found[0], "trusted public key", deviations);
        check.flags(DeclaredAttributes.RECIPIENT);
        check.onlyMechanism(CKM_RSA_PKCS_OAEP);
        check.publicKey(declared.spki(), new TokenPublicKey(objects, found[0]).rsa());
        return List.copyOf(deviations);
    }
}
