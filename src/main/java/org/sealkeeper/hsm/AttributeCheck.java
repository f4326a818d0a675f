package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.verify.VerificationKey;

/** Compares one signing key in the token with what was declared of it, and tells every difference. */
final class AttributeCheck {
    private final TokenObjects objects;
    private final CkaId id;
    private final String label;
    private final VerificationKey declared;
    private final List<Deviation> deviations = new ArrayList<>();

    AttributeCheck(TokenObjects objects, CkaId id, String label, VerificationKey declared) {
        this.objects = objects;
        this.id = id;
        this.label = label;
        this.declared = declared;
    }

    List<Deviation> deviations() {
        theOnly(CKO_PRIVATE_KEY, "private key").ifPresent(this::checkPrivateKey);
        theOnly(CKO_PUBLIC_KEY, "public key").ifPresent(this::checkPublicKey);
        return List.copyOf(deviations);
    }

    private void checkPrivateKey(long handle) {
        var check = new ObjectCheck(objects, handle, "private key", deviations);
        check.label(label);
        checkPrivateKey(check, declared);
    }

    private void checkPublicKey(long handle) {
        var check = new ObjectCheck(objects, handle, "public key", deviations);
        check.label(label);
        checkPublicKey(check, declared);
    }

    /** What a private key must be that signs for this public one. */
    static void checkPrivateKey(ObjectCheck check, VerificationKey declared) {
        check.type(SigningKeyTemplate.keyType(declared.algorithm()));
        check.flags(DeclaredAttributes.SIGNING_KEY);
        check.flags(DeclaredAttributes.PAST);
        check.onlyMechanism(SigningMechanism.code(declared.algorithm()));
    }

    /** What the public half of a signing key must be. */
    static void checkPublicKey(ObjectCheck check, VerificationKey declared) {
        check.type(SigningKeyTemplate.keyType(declared.algorithm()));
        check.flags(DeclaredAttributes.SIGNING_PUBLIC_KEY);
        check.publicKey(declared.spki(), declared.algorithm());
    }

    /** The object of this class which alone has the CKA_ID, and alone the label. */
    private Optional<Long> theOnly(long objectClass, String name) {
        long[] withId = objects.withId(objectClass, id);
        long[] withLabel = objects.withLabel(objectClass, label);
        if (withId.length != 1) {
            deviations.add(new Deviation("CKA_ID", name + "s with CKA_ID " + id, "1", Integer.toString(withId.length)));
            return Optional.empty();
        }
        if (withLabel.length > 1) {
            deviations.add(new Deviation(
                    "CKA_LABEL", name + "s with CKA_LABEL " + label, "1", Integer.toString(withLabel.length)));
        }
        return Optional.of(withId[0]);
    }
}
