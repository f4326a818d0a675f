package org.sealkeeper.hsm;

import java.util.ArrayList;
import java.util.List;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * Passes data keys that any key may wrap from one token to another: those just made, and those in a rewrap window. Each token that has a
 * key-encryption key of several tokens has a transfer key beside it, whose private half never leaves and only unwraps.
 */
final class KeyTransfer {
    private final Epoch epoch;
    private final Session session;

    KeyTransfer(Epoch epoch, Session session) {
        this.epoch = epoch;
        this.session = session;
    }

    /**
     * The public half of this token's own transfer key, read from the private one. It comes from no other place: what is put in its place
     * would get every new data key.
     *
     * @throws HsmFault also if the key is not as it was declared
     */
    RecipientKey publicKey(CkaId kek) {
        TokenKey key = TokenKey.transfer(kek);
        return epoch.handles().publicKey(key, ignored -> {
            TokenObjects objects = epoch.objects(session);
            long handle = epoch.handles().of(key, objects::only);
            List<Deviation> deviations = new ArrayList<>();
            KeyEncryptionKeyCheck.checkTransferKey(
                    new ObjectCheck(objects, handle, key.kind().text(), deviations));
            if (!deviations.isEmpty()) {
                throw new HsmFault(
                        Meaning.WRONG_ANSWER, "the " + key + " is not as declared: " + Deviation.text(deviations));
            }
            return new TokenPublicKey(objects, handle)
                    .rsa()
                    .map(RecipientKey::new)
                    .orElseThrow(() ->
                            new HsmFault(Meaning.WRONG_ANSWER, "the public half of the " + key + " cannot be read"));
        });
    }

    /** Encrypts a data key to the transfer key of another token. */
    byte[] pass(SessionKey unbound, TransferKey to) {
        String function = "C_CreateObject";
        try (var publicKey =
                new SessionKey(session, session.createObject(DataKeyTemplates.transferPublic(to.publicKey())))) {
            function = "C_WrapKey";
            return session.wrapKey(to.algorithm().mechanism(), publicKey.handle(), unbound.handle());
        } catch (PKCS11Exception e) {
            throw HsmFault.of(function, e);
        }
    }

    /** Decrypts what another token passed, as a key that any key may wrap. */
    SessionKey take(CkaId kek, byte[] passed, RecipientAlgorithm algorithm) {
        TokenKey key = TokenKey.transfer(kek);
        long handle = epoch.handles().of(key, epoch.objects(session)::only);
        try {
            var template = DataKeyTemplates.dataKey(DeclaredAttributes.UNBOUND_DATA_KEY);
            return new SessionKey(session, session.unwrapKey(algorithm.mechanism(), handle, passed, template));
        } catch (PKCS11Exception e) {
            epoch.handles().forget(key);
            throw HsmFault.of("C_UnwrapKey", e);
        }
    }
}
