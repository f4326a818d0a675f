package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODIFIABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import java.util.List;
import java.util.Optional;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;

/**
 * Compares a data object of {@link TokenRecords} with what is declared of it. What its text says is for those to judge who wrote it.
 *
 * @param isPermit which is never changed, and labelled with its owner
 */
record RecordCheck(boolean isPermit) {
    /** That of a record or a permit; empty for every other object. */
    static Optional<RecordCheck> of(FoundObject object) {
        if (object.isData(TokenObjects.RECORD)) {
            return Optional.of(new RecordCheck(false));
        }
        return object.isData(TokenPermit.APPLICATION) ? Optional.of(new RecordCheck(true)) : Optional.empty();
    }

    void compare(ObjectCheck check) {
        check.flags(
                List.of(new Flag(CKA_TOKEN, true), new Flag(CKA_PRIVATE, true), new Flag(CKA_MODIFIABLE, !isPermit)));
        UnstatedAttributes.ofRecord(check);
        if (isPermit) {
            check.label(new String(check.bytes(CKA_VALUE).orElse(new byte[0]), UTF_8));
        }
    }
}
