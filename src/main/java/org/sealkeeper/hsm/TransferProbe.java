package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ACTION_PROHIBITED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_READ_ONLY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_FUNCTION_NOT_PERMITTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_MECHANISM_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TEMPLATE_INCONSISTENT;

import java.util.List;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * Tries what a thief of the user PIN would try on a transfer key to get a data key that was passed to it. What it is tried on is passed for
 * this, and protects nothing.
 */
final class TransferProbe {
    private static final String NAME = "a transfer key in use";

    private final Session session;
    private final RecipientAlgorithm algorithm;
    private final Attempts attempts;

    TransferProbe(Session session, RecipientAlgorithm algorithm, Attempts attempts) {
        this.session = session;
        this.algorithm = algorithm;
        this.attempts = attempts;
    }

    /** Tries one key, by its handle and its public half. */
    void run(long transferKey, RecipientKey publicKey) throws PKCS11Exception {
        long made = session.generateKey(new Mechanism(CKM_AES_KEY_GEN), DataKeyTemplates.newDataKey());
        long to = session.createObject(DataKeyTemplates.transferPublic(publicKey));
        byte[] passed = session.wrapKey(algorithm.mechanism(), to, made);
        for (Flag flag : DeclaredAttributes.UNBOUND_DATA_KEY) {
            String attribute = PKCS11Constants.codeToName(Category.CKA, flag.attribute());
            attempts.refuses(
                    "unwrapping under " + NAME + " with " + attribute + " " + !flag.value(),
                    () -> session.destroyObject(
                            session.unwrapKey(algorithm.mechanism(), transferKey, passed, with(flag))),
                    CKR_TEMPLATE_INCONSISTENT);
        }
        attempts.refuses(
                "decrypting with " + NAME,
                () -> session.decryptInit(algorithm.mechanism(), transferKey),
                CKR_KEY_FUNCTION_NOT_PERMITTED,
                CKR_MECHANISM_INVALID);
        attempts.refuses(
                "letting " + NAME + " leave",
                () -> session.setAttributeValues(transferKey, new AttributeVector().attr(CKA_EXTRACTABLE, true)),
                CKR_ACTION_PROHIBITED,
                CKR_ATTRIBUTE_READ_ONLY);
        session.destroyObject(to);
        session.destroyObject(made);
    }

    private static AttributeVector with(Flag contradicted) {
        List<Flag> flags = DeclaredAttributes.UNBOUND_DATA_KEY.stream()
                .map(stated -> stated.equals(contradicted) ? new Flag(stated.attribute(), !stated.value()) : stated)
                .toList();
        return DataKeyTemplates.dataKey(flags);
    }
}
