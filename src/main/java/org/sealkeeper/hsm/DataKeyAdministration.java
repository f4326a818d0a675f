package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_GENERIC_SECRET_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN;

import java.util.List;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.Mechanism;

/**
 * Makes and checks what data keys need in the token: key-encryption keys with their binding keys, and the private halves of
 * transit pairs. Public keys that the token trusts are made by the {@link SecurityOfficer}. Its methods block.
 */
public final class DataKeyAdministration {
    private final TokenWork work;

    DataKeyAdministration(TokenWork work) {
        this.work = work;
    }

    /**
     * Makes an AES-256 key-encryption key, and beside it a binding key and, where it is in several tokens, a transfer key. If we crash in
     * between, some of them are there.
     */
    public void generateKeyEncryptionKey(CkaId id, String label, boolean isInSeveralTokens) {
        CkaId _ = work.administer(objects -> {
            objects.generate(new Mechanism(CKM_AES_KEY_GEN), DataKeyTemplates.keyEncryptionKey(id, label));
            objects.generate(new Mechanism(CKM_GENERIC_SECRET_KEY_GEN), DataKeyTemplates.bindingKey(id, label));
            if (isInSeveralTokens) {
                long _ = objects.generatePair(
                        new Mechanism(CKM_RSA_PKCS_KEY_PAIR_GEN), DataKeyTemplates.transfer(id, label));
            }
            return id;
        });
    }

    /** How a key-encryption key and the keys beside it in the token differ from what was declared; empty where they do not. */
    public List<Deviation> deviations(CkaId id, String label, boolean isInSeveralTokens) {
        return work.administer(objects -> new KeyEncryptionKeyCheck(objects, id, label).deviations(isInSeveralTokens));
    }

    /**
     * Proves that a key-encryption key unwraps what it wrapped, that its binding key authenticates, and that its transfer key, if it is to
     * have one, unwraps what is passed to it.
     *
     * @throws HsmFault if one of them does not work
     */
    public void test(CkaId id, boolean isInSeveralTokens) {
        CkaId _ = work.await(session -> {
            session.dataKeys().test(id, isInSeveralTokens);
            return id;
        });
    }

    /**
     * Destroys every object with this CKA_ID, and proves that none is left.
     *
     * @throws HsmFault if the token still has one
     */
    public void destroy(CkaId id) {
        int _ = KeyDestruction.of(id, work);
        if (KeyDestruction.of(id, work) != 0) {
            throw new HsmFault(
                    Meaning.WRONG_ANSWER, "the token still had objects with CKA_ID " + id + " after their destruction");
        }
    }

    /**
     * Destroys the trusted key of a recipient, and proves that none is left.
     *
     * @throws HsmFault if the token still has one
     */
    public void distrust(RecipientKey recipient) {
        TokenKey key = TokenKey.recipient(recipient);
        int left = work.administer(objects -> {
            for (long handle : objects.all(key)) {
                objects.destroy(handle);
            }
            return objects.all(key).length;
        });
        if (left != 0) {
            throw new HsmFault(Meaning.WRONG_ANSWER, "the token still has the " + key + " after its destruction");
        }
    }

    /** Makes the pair of a rewrap window, keeps its private half, and gives the public one for the security officer. */
    public RecipientKey generateTransitKey(CkaId id, String label) {
        return work.administer(objects -> {
            long publicKey =
                    objects.generatePair(new Mechanism(CKM_RSA_PKCS_KEY_PAIR_GEN), DataKeyTemplates.transit(id, label));
            return new TokenPublicKey(objects, publicKey)
                    .rsa()
                    .map(RecipientKey::new)
                    .orElseThrow(() -> new HsmFault(Meaning.WRONG_ANSWER, "the token's new public key cannot be read"));
        });
    }
}
