package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_AES;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_CBC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_ECB;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ACTION_PROHIBITED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_READ_ONLY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ATTRIBUTE_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_FUNCTION_NOT_PERMITTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_NOT_WRAPPABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_UNEXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_MECHANISM_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TEMPLATE_INCONSISTENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_NOT_LOGGED_IN;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.sealkeeper.hsm.DeclaredAttributes.Flag;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.params.ByteArrayParams;

/**
 * Tries, with the rights of the service, all that a thief of the user PIN would try to get a data key out of the token. There
 * are tokens which accept every attribute that forbids it, and enforce none.
 *
 * <p>Takes a session of its own, and leaves to its closing whatever an attempt made that should have been refused.
 */
final class PolicyProbe {
    /** Odd, and of the right size; its factors are unknown, so what was wrapped to it cannot be opened. */
    private static final BigInteger STRANGERS_MODULUS =
            BigInteger.TWO.pow(3071).add(BigInteger.TWO.pow(1536)).add(BigInteger.ONE);

    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final int AES_BLOCK_BYTES = 16;
    private static final int AES_256_BYTES = 32;

    private final Session session;
    private final RecipientAlgorithm algorithm;
    private final Mechanism keyWrap = new Mechanism(CKM_AES_KEY_WRAP);
    private final Attempts attempts = new Attempts();

    PolicyProbe(Session session, RecipientAlgorithm algorithm) {
        this.session = session;
        this.algorithm = algorithm;
    }

    /**
     * Tries everything on a key-encryption key made for this, and what does no harm on the real ones.
     *
     * @param keys handles of the real ones
     * @param trusted the handle of a trusted recipient, if there is one
     * @param transferKeys handles of the transfer keys beside them, and their public halves
     * @throws HsmFault if what is allowed fails
     */
    List<PolicyAttempt> run(List<Long> keys, OptionalLong trusted, Map<Long, RecipientKey> transferKeys) {
        try {
            long throwAway = session.generateKey(
                    new Mechanism(CKM_AES_KEY_GEN),
                    DataKeyTemplates.keyEncryptionKey(new CkaId("0".repeat(32)), "probe")
                            .token(false));
            var strangers = new Strangers(
                    session.createObject(publicKey()),
                    session.generateKey(new Mechanism(CKM_AES_KEY_GEN), untrustedKey()));
            tryToChange(throwAway, "a new key-encryption key");
            attempts.refuses("reading a new key-encryption key", () -> read(throwAway), CKR_ATTRIBUTE_SENSITIVE);
            tryWith(throwAway, "a new key-encryption key", strangers, trusted);
            for (long key : keys) {
                tryWith(key, "a key-encryption key in use", strangers, trusted);
            }
            var transfer = new TransferProbe(session, algorithm, attempts);
            for (var key : transferKeys.entrySet()) {
                transfer.run(key.getKey(), key.getValue());
            }
            attempts.refuses(
                    "the user creating a trusted key",
                    () -> session.createObject(publicKey().attr(CKA_TRUSTED, true)),
                    CKR_ATTRIBUTE_READ_ONLY,
                    CKR_USER_NOT_LOGGED_IN);
            // Only a user who is logged in makes one: it was not for the want of a login that the token refused.
            long _ = session.generateKey(new Mechanism(CKM_AES_KEY_GEN), DataKeyTemplates.newDataKey());
            return attempts.made();
        } catch (PKCS11Exception e) {
            throw HsmFault.of("the policy probe", e);
        }
    }

    /** Keys that no security officer vouched for. */
    private record Strangers(long publicKey, long secretKey) {}

    private void tryWith(long key, String name, Strangers strangers, OptionalLong trusted) throws PKCS11Exception {
        long made = session.generateKey(new Mechanism(CKM_AES_KEY_GEN), DataKeyTemplates.newDataKey());
        byte[] wrapped = session.wrapKey(keyWrap, key, made);
        long dataKey = session.unwrapKey(keyWrap, key, wrapped, DataKeyTemplates.dataKey(DeclaredAttributes.DATA_KEY));
        tryToExport(dataKey, "a data key of " + name, strangers);
        tryToChange(dataKey, "a data key of " + name);
        trusted.ifPresent(recipient -> attempts.refuses(
                "wrapping a data key of " + name + " to a recipient with RSA PKCS #1 v1.5",
                () -> session.wrapKey(new Mechanism(CKM_RSA_PKCS), recipient, dataKey),
                CKR_MECHANISM_INVALID));
        tryToUnwrapWeakly(key, name, wrapped, strangers);
        tryToMisuse(key, name, made, strangers);
        session.destroyObject(dataKey);
        session.destroyObject(made);
    }

    private void tryToExport(long dataKey, String name, Strangers strangers) {
        attempts.refuses(
                "wrapping " + name + " to an RSA key nobody trusts",
                () -> session.wrapKey(algorithm.mechanism(), strangers.publicKey(), dataKey),
                CKR_KEY_NOT_WRAPPABLE);
        attempts.refuses(
                "wrapping " + name + " under an AES key nobody trusts",
                () -> session.wrapKey(keyWrap, strangers.secretKey(), dataKey),
                CKR_KEY_NOT_WRAPPABLE);
        attempts.refuses("reading " + name, () -> read(dataKey), CKR_ATTRIBUTE_SENSITIVE);
    }

    private void tryToChange(long handle, String name) {
        attempts.refuses(
                "letting " + name + " decrypt",
                () -> session.setAttributeValues(handle, new AttributeVector().decrypt(true)),
                CKR_ACTION_PROHIBITED,
                CKR_ATTRIBUTE_READ_ONLY);
        attempts.refuses(
                "copying " + name,
                () -> session.copyObject(handle, new AttributeVector().token(false)),
                CKR_ACTION_PROHIBITED);
    }

    /** Every attribute of the unwrap template, contradicted; and the one that matters most, left out. */
    private void tryToUnwrapWeakly(long key, String name, byte[] wrapped, Strangers strangers) {
        for (Flag flag : DeclaredAttributes.DATA_KEY) {
            String attribute = PKCS11Constants.codeToName(Category.CKA, flag.attribute());
            attempts.refuses(
                    "unwrapping under " + name + " with " + attribute + " " + !flag.value(),
                    () -> unwrapAndDestroy(key, wrapped, weak(flag, !flag.value())),
                    CKR_TEMPLATE_INCONSISTENT);
        }
        attempts.refuses(
                "unwrapping under " + name + " with no attribute but class and type, and wrapping it to anybody",
                () -> {
                    long weak = session.unwrapKey(keyWrap, key, wrapped, DataKeyTemplates.dataKey(List.of()));
                    byte[] _ = session.wrapKey(algorithm.mechanism(), strangers.publicKey(), weak);
                },
                CKR_TEMPLATE_INCONSISTENT,
                CKR_KEY_NOT_WRAPPABLE,
                CKR_KEY_UNEXTRACTABLE);
    }

    private void tryToMisuse(long key, String name, long dataKey, Strangers strangers) {
        attempts.refuses(
                "wrapping " + name + " itself",
                () -> session.wrapKey(keyWrap, strangers.secretKey(), key),
                CKR_KEY_UNEXTRACTABLE,
                CKR_KEY_NOT_WRAPPABLE);
        attempts.refuses(
                "wrapping with AES-CBC under " + name,
                () -> session.wrapKey(
                        new Mechanism(CKM_AES_CBC, new ByteArrayParams(new byte[AES_BLOCK_BYTES])), key, dataKey),
                CKR_MECHANISM_INVALID);
        attempts.refuses(
                "decrypting with " + name,
                () -> session.decryptInit(new Mechanism(CKM_AES_ECB), key),
                CKR_KEY_FUNCTION_NOT_PERMITTED,
                CKR_MECHANISM_INVALID);
    }

    private void unwrapAndDestroy(long key, byte[] wrapped, AttributeVector template) throws PKCS11Exception {
        long unwrapped = session.unwrapKey(keyWrap, key, wrapped, template);
        // It may be an object of the token, which outlives the session.
        session.destroyObject(unwrapped);
    }

    private static AttributeVector weak(Flag flag, boolean value) {
        return DataKeyTemplates.dataKey(DeclaredAttributes.DATA_KEY.stream()
                .map(stated -> stated.equals(flag) ? new Flag(flag.attribute(), value) : stated)
                .toList());
    }

    /** What a token gives away here is a key made a moment ago, which protects nothing; it is wiped all the same. */
    private void read(long handle) throws PKCS11Exception {
        var attribute = new CK_ATTRIBUTE();
        attribute.type = CKA_VALUE;
        try {
            session.getModule()
                    .getPKCS11Module()
                    .C_GetAttributeValue(session.getSessionHandle(), handle, new CK_ATTRIBUTE[] {attribute}, true);
            if (attribute.pValue instanceof byte[] value) {
                Arrays.fill(value, (byte) 0);
            }
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            throw new PKCS11Exception(e.getErrorCode());
        }
    }

    private static AttributeVector publicKey() {
        return new AttributeVector()
                .class_(CKO_PUBLIC_KEY)
                .keyType(CKK_RSA)
                .token(false)
                .private_(false)
                .wrap(true)
                .modulus(STRANGERS_MODULUS)
                .publicExponent(EXPONENT);
    }

    private static AttributeVector untrustedKey() {
        return new AttributeVector()
                .class_(CKO_SECRET_KEY)
                .keyType(CKK_AES)
                .token(false)
                .private_(true)
                .wrap(true)
                .valueLen(AES_256_BYTES);
    }
}
