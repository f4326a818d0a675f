package org.sealkeeper.hsm;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;
import org.sealkeeper.verify.Verifier;
import org.xipki.pkcs11.wrapper.Session;

/** What one thread needs to sign and verify quickly, on its session. Not safe for use by two threads. */
final class SigningSession {
    private static final int MAX_VERIFIERS = 1_024;

    private final Epoch epoch;
    private final Session session;
    private final PKCS11 cryptoki;
    private final Map<SigningAlgorithm, SigningMechanism> mechanisms = new EnumMap<>(SigningAlgorithm.class);
    private final IdentityHashMap<VerificationKey, Verifier> verifiers = new IdentityHashMap<>();

    SigningSession(Epoch epoch, Session session) {
        this.epoch = epoch;
        this.session = session;
        this.cryptoki = session.getModule().getPKCS11Module();
    }

    /**
     * Signs, and verifies what the token gave.
     *
     * @throws HsmFault if the token failed, or its signature is not that of {@code key}: it then leads nowhere but here
     */
    byte[] sign(CkaId id, VerificationKey key, byte[] message) {
        byte[] signature = signatureOf(id, key.algorithm(), message);
        if (!verifier(key).verifies(message, signature)) {
            epoch.handles().forget(TokenKey.signing(id));
            throw new HsmFault(
                    Meaning.WRONG_ANSWER,
                    "the token's signature with CKA_ID " + id + " does not verify under key " + key.keyId()
                            + "; it was discarded");
        }
        return signature;
    }

    /** Below the wrapper's session, which would add a lock, and for the first ECDSA signature a search, to every call. */
    private byte[] signatureOf(CkaId id, SigningAlgorithm algorithm, byte[] message) {
        TokenKey key = TokenKey.signing(id);
        long handle = epoch.handles().of(key, epoch.objects(session)::only);
        SigningMechanism mechanism = mechanisms.computeIfAbsent(algorithm, SigningMechanism::of);
        byte[] input = mechanism.input(message);
        String function = "C_SignInit";
        try {
            cryptoki.C_SignInit(session.getSessionHandle(), mechanism.mechanism(), handle, false);
            function = "C_Sign";
            return cryptoki.C_Sign(session.getSessionHandle(), input);
        } catch (PKCS11Exception e) {
            epoch.handles().forget(key);
            throw HsmFault.of(function, e);
        }
    }

    private Verifier verifier(VerificationKey key) {
        if (verifiers.size() >= MAX_VERIFIERS) {
            verifiers.clear();
        }
        return verifiers.computeIfAbsent(key, VerificationKey::verifier);
    }
}
