package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ENCRYPTED_DATA_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ENCRYPTED_DATA_LEN_RANGE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_GENERAL_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_WRAPPED_KEY_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_WRAPPED_KEY_LEN_RANGE;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.hsm.DataKeyOutcome.Generated;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.NotAWrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.RecipientNotTrusted;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;
import org.sealkeeper.hsm.DataKeyOutcome.Rewrapped;
import org.sealkeeper.hsm.DataKeyOutcome.RewrappedKey;
import org.sealkeeper.hsm.DataKeyOutcome.Wrapped;
import org.sealkeeper.hsm.state.Meaning;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * What one thread does with data keys, on its session. Every data key is an object of the session, and destroyed before the
 * result leaves; its bytes are never asked for. Not safe for use by two threads.
 */
final class DataKeySession {
    /** An AES-256 key in RFC 3394 key wrap: 32 bytes and the integrity check. */
    private static final int WRAPPED_BYTES = 40;

    private static final int HMAC_BYTES = 32;
    private static final byte[] SELF_TEST = "Sealkeeper self-test".getBytes(StandardCharsets.US_ASCII);

    /** SoftHSM says only {@code CKR_GENERAL_ERROR}. */
    private static final Set<Long> NOT_A_WRAPPED_KEY = Set.of(
            CKR_WRAPPED_KEY_INVALID,
            CKR_WRAPPED_KEY_LEN_RANGE,
            CKR_ENCRYPTED_DATA_INVALID,
            CKR_ENCRYPTED_DATA_LEN_RANGE,
            CKR_GENERAL_ERROR);

    private final Session session;
    private final Epoch epoch;
    private final RecipientWrapping recipients;
    private final KeyTransfer transfer;
    private final RecipientAlgorithm algorithm;
    private final Mechanism generation = new Mechanism(CKM_AES_KEY_GEN);
    private final Mechanism keyWrap = new Mechanism(CKM_AES_KEY_WRAP);
    private final Mechanism hmac = new Mechanism(CKM_SHA256_HMAC);

    DataKeySession(Epoch epoch, Session session, RecipientAlgorithm algorithm) {
        this.session = session;
        this.epoch = epoch;
        this.recipients = new RecipientWrapping(epoch, session, algorithm);
        this.transfer = new KeyTransfer(epoch, session);
        this.algorithm = algorithm;
    }

    /** HMAC-SHA-256 (RFC 2104) with the binding key beside the key-encryption key. */
    byte[] authenticate(CkaId kek, byte[] message) {
        TokenKey key = TokenKey.binding(kek);
        try {
            return session.signSingle(hmac, handle(key), message);
        } catch (PKCS11Exception e) {
            throw refused("C_Sign", key, e);
        }
    }

    /**
     * Makes a data key, and releases it from what was wrapped: so the recipient never gets another key than the one that
     * is stored, and the token sees to it that the recipient is trusted.
     *
     * @param others the transfer keys of other tokens, which are to have it too
     */
    Generated generate(CkaId kek, RecipientKey recipient, List<TransferKey> others) {
        Wrapped wrapped = wrappedNewKey(kek, others);
        return switch (release(kek, wrapped.underKey(), recipient)) {
            case ReleasedKey released -> new NewDataKey(wrapped, released);
            case RecipientNotTrusted refused -> refused;
            case NotAWrappedKey _ ->
                throw new HsmFault(Meaning.WRONG_ANSWER, "the token cannot unwrap a key it has just wrapped");
        };
    }

    Released release(CkaId kek, byte[] wrapped, RecipientKey recipient) {
        Optional<SessionKey> unwrapped = unwrap(kek, wrapped);
        if (unwrapped.isEmpty()) {
            return new NotAWrappedKey();
        }
        try (SessionKey dataKey = unwrapped.get()) {
            return recipients
                    .wrap(recipient, dataKey)
                    .<Released>map(encryptedKey -> new ReleasedKey(encryptedKey, algorithm))
                    .orElseGet(RecipientNotTrusted::new);
        }
    }

    /**
     * Wraps a data key under another key-encryption key, through the transit pair of an open window.
     *
     * @param to the key-encryption key; empty where this token does not have it
     * @param others the transfer keys of other tokens, which do
     */
    Rewrapped rewrap(CkaId from, Optional<CkaId> to, CkaId transit, byte[] wrapped, List<TransferKey> others) {
        Optional<SessionKey> unwrapped = unwrap(from, wrapped);
        if (unwrapped.isEmpty()) {
            return new NotAWrappedKey();
        }
        try (SessionKey bound = unwrapped.get();
                SessionKey unbound = recipients.pass(transit, bound)) {
            return new RewrappedKey(wrapped(to, unbound, others));
        }
    }

    /** The public half of this token's transfer key beside a key-encryption key. */
    RecipientKey transferKey(CkaId kek) {
        return transfer.publicKey(kek);
    }

    /** Wraps a data key that another token passed to this one's transfer key. */
    byte[] adopt(CkaId kek, byte[] passed, RecipientAlgorithm by) {
        try (SessionKey dataKey = transfer.take(kek, passed, by)) {
            return wrap(kek, dataKey);
        }
    }

    /** A self-test of a key-encryption key, its binding key and, where there is one, its transfer key. */
    void test(CkaId kek, boolean isInSeveralTokens) {
        testBinding(kek);
        List<TransferKey> own = isInSeveralTokens ? List.of(new TransferKey(transferKey(kek), algorithm)) : List.of();
        Wrapped wrapped = wrappedNewKey(kek, own);
        requireUnwrapping(kek, wrapped.underKey());
        if (isInSeveralTokens
                && !MessageDigest.isEqual(wrapped.underKey(), adopt(kek, wrapped.onlyPassed(), algorithm))) {
            throw new HsmFault(Meaning.WRONG_ANSWER, "the transfer key unwraps another key than was wrapped to it");
        }
    }

    private void testBinding(CkaId kek) {
        byte[] first = authenticate(kek, SELF_TEST);
        if (first.length != HMAC_BYTES || !MessageDigest.isEqual(first, authenticate(kek, SELF_TEST))) {
            throw new HsmFault(Meaning.WRONG_ANSWER, "the binding key does not authenticate a message twice alike");
        }
    }

    private void requireUnwrapping(CkaId kek, byte[] wrapped) {
        TokenKey key = TokenKey.keyEncryption(kek);
        try (SessionKey _ = unwrapped(handle(key), wrapped)) {
            return;
        } catch (PKCS11Exception e) {
            throw refused("C_UnwrapKey", key, e);
        }
    }

    private Wrapped wrappedNewKey(CkaId kek, List<TransferKey> others) {
        try (var dataKey = new SessionKey(session, session.generateKey(generation, DataKeyTemplates.newDataKey()))) {
            return wrapped(Optional.of(kek), dataKey, others);
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_GenerateKey", e);
        }
    }

    /** While any key may wrap it. */
    private Wrapped wrapped(Optional<CkaId> kek, SessionKey unbound, List<TransferKey> others) {
        return new Wrapped(
                kek.map(key -> wrap(key, unbound)),
                others.stream().map(other -> transfer.pass(unbound, other)).toList());
    }

    private byte[] wrap(CkaId kek, SessionKey dataKey) {
        TokenKey key = TokenKey.keyEncryption(kek);
        try {
            byte[] wrapped = session.wrapKey(keyWrap, handle(key), dataKey.handle());
            if (wrapped.length != WRAPPED_BYTES) {
                throw new HsmFault(
                        Meaning.WRONG_ANSWER,
                        "expected a wrapped key of " + WRAPPED_BYTES + " bytes, found " + wrapped.length);
            }
            return wrapped;
        } catch (PKCS11Exception e) {
            throw refused("C_WrapKey", key, e);
        }
    }

    private Optional<SessionKey> unwrap(CkaId kek, byte[] wrapped) {
        if (wrapped.length != WRAPPED_BYTES) {
            return Optional.empty();
        }
        TokenKey key = TokenKey.keyEncryption(kek);
        try {
            return Optional.of(unwrapped(handle(key), wrapped));
        } catch (PKCS11Exception e) {
            if (NOT_A_WRAPPED_KEY.contains(e.getErrorCode()) && wrapsAndUnwraps(kek)) {
                return Optional.empty();
            }
            throw refused("C_UnwrapKey", key, e);
        }
    }

    /** A token is believed that the bytes are wrong only if it unwraps what it wrapped itself: else it is the token that fails. */
    private boolean wrapsAndUnwraps(CkaId kek) {
        try (SessionKey _ = unwrapped(
                handle(TokenKey.keyEncryption(kek)),
                wrappedNewKey(kek, List.of()).underKey())) {
            return true;
        } catch (PKCS11Exception e) {
            return false;
        }
    }

    private SessionKey unwrapped(long kek, byte[] wrapped) throws PKCS11Exception {
        var template = DataKeyTemplates.dataKey(DeclaredAttributes.DATA_KEY);
        return new SessionKey(session, session.unwrapKey(keyWrap, kek, wrapped, template));
    }

    private long handle(TokenKey key) {
        return epoch.handles().of(key, epoch.objects(session)::only);
    }

    /** The handle may be stale: the next use searches again. */
    private HsmFault refused(String function, TokenKey key, PKCS11Exception answer) {
        epoch.handles().forget(key);
        return HsmFault.of(function, answer);
    }
}
