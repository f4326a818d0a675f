package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TRUSTED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE_LEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_WRAP_PAD;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.List;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** What someone with another PKCS#11 tool and the user PIN could do to a token. */
public final class HandMadeKey implements AutoCloseable {
    private final Epoch epoch;
    private final Session session;

    private HandMadeKey(Epoch epoch) {
        this.epoch = epoch;
        this.session = epoch.openSession(true);
    }

    public static HandMadeKey in(TokenSettings settings) {
        return new HandMadeKey(Epoch.begin(settings));
    }

    /** Makes a P-256 pair as Sealkeeper does. */
    public void generate(CkaId id, String label) throws PKCS11Exception {
        var template = new SigningKeyTemplate(id, label, SigningAlgorithm.ES256);
        session.generateKeyPair(template.generation(), template.attributes());
    }

    /** Makes a P-256 pair that has neither a CKA_ID nor a label, as some other program may. */
    void generateNameless() throws PKCS11Exception {
        var template = new SigningKeyTemplate(CkaId.random(new SecureRandom()), "none", SigningAlgorithm.ES256);
        KeyPairTemplate named = template.attributes();
        session.generateKeyPair(
                template.generation(), new KeyPairTemplate(nameless(named.privateKey()), nameless(named.publicKey())));
    }

    private static AttributeVector nameless(AttributeVector template) {
        return without(CKA_ID, without(CKA_LABEL, template));
    }

    /** The public key of the pair with this CKA_ID. */
    public VerificationKey publicKey(CkaId id) {
        TokenObjects objects = epoch.objects(session);
        long handle = objects.withId(CKO_PUBLIC_KEY, id)[0];
        return VerificationKey.of(
                SigningAlgorithm.ES256,
                new TokenPublicKey(objects, handle).spki(SigningAlgorithm.ES256).orElseThrow());
    }

    /** Makes a P-256 pair as Sealkeeper does, but for one attribute of the private key. */
    public void generate(CkaId id, String label, long attribute, boolean value) throws PKCS11Exception {
        var template = new SigningKeyTemplate(id, label, SigningAlgorithm.ES256);
        KeyPairTemplate right = template.attributes();
        AttributeVector wrong = right.privateKey();
        wrong.attr(attribute, value);
        session.generateKeyPair(template.generation(), new KeyPairTemplate(wrong, right.publicKey()));
    }

    /** Imports a key-encryption key that is known outside, and otherwise as Sealkeeper makes them. */
    void importKeyEncryptionKey(CkaId id, String label, byte[] value) {
        create(DataKeyTemplates.keyEncryptionKey(id, label), value);
    }

    /** Imports a binding key that is known outside. */
    void importBindingKey(CkaId id, String label, byte[] value) {
        create(DataKeyTemplates.bindingKey(id, label), value);
    }

    /** Creates the public key as far as somebody who is not the security officer can. */
    void createPublicKey(RecipientKey key) {
        AttributeVector untrusted = DataKeyTemplates.recipient(key, "by hand");
        epoch.objects(session).create(without(CKA_TRUSTED, untrusted));
    }

    /** Has a key that is known outside wrapped under a key-encryption key. */
    public byte[] wrapKnown(CkaId kek, byte[] value) throws PKCS11Exception {
        long known = session.createObject(
                DataKeyTemplates.dataKey(DeclaredAttributes.UNBOUND_DATA_KEY).value(value));
        try {
            return session.wrapKey(
                    new Mechanism(CKM_AES_KEY_WRAP), epoch.objects(session).only(TokenKey.keyEncryption(kek)), known);
        } finally {
            session.destroyObject(known);
        }
    }

    /**
     * Has a data key made as the service makes them, and wrapped to a key of anybody's before it is wrapped under a key-encryption key.
     *
     * @return what the token wrapped: first to the stranger, then under the key-encryption key
     */
    public List<byte[]> makeAndWrapTo(CkaId kek, RecipientKey stranger) throws PKCS11Exception {
        long made = session.generateKey(new Mechanism(CKM_AES_KEY_GEN), DataKeyTemplates.newDataKey());
        long theirs = session.createObject(new AttributeVector()
                .class_(CKO_PUBLIC_KEY)
                .keyType(CKK_RSA)
                .token(false)
                .wrap(true)
                .modulus(stranger.modulus())
                .publicExponent(stranger.exponent()));
        return List.of(
                session.wrapKey(RecipientAlgorithm.RSA_OAEP.mechanism(), theirs, made),
                session.wrapKey(
                        new Mechanism(CKM_AES_KEY_WRAP),
                        epoch.objects(session).only(TokenKey.keyEncryption(kek)),
                        made));
    }

    /** Unwraps a stored data key, and tries to have it wrapped to a transfer key: that of another token, or of this one. */
    byte[] wrapStored(CkaId kek, byte[] wrapped, TransferKey to) throws PKCS11Exception {
        return wrapStored(kek, wrapped, session.createObject(DataKeyTemplates.transferPublic(to.publicKey())));
    }

    byte[] wrapStored(CkaId kek, byte[] wrapped, TokenKey own) throws PKCS11Exception {
        RecipientKey publicKey = new RecipientKey(new TokenPublicKey(
                        epoch.objects(session), epoch.objects(session).only(own))
                .rsa()
                .orElseThrow());
        return wrapStored(kek, wrapped, new TransferKey(publicKey, RecipientAlgorithm.RSA_OAEP));
    }

    private byte[] wrapStored(CkaId kek, byte[] wrapped, long publicKey) throws PKCS11Exception {
        long stored = session.unwrapKey(
                new Mechanism(CKM_AES_KEY_WRAP),
                epoch.objects(session).only(TokenKey.keyEncryption(kek)),
                wrapped,
                DataKeyTemplates.dataKey(DeclaredAttributes.DATA_KEY));
        return session.wrapKey(RecipientAlgorithm.RSA_OAEP.mechanism(), publicKey, stored);
    }

    /** Tries to have a key itself wrapped under a key of one's own. */
    byte[] takeOut(TokenKey key) throws PKCS11Exception {
        long own = session.generateKey(
                new Mechanism(CKM_AES_KEY_GEN),
                new AttributeVector().token(false).wrap(true).valueLen(32));
        return session.wrapKey(
                new Mechanism(CKM_AES_KEY_WRAP_PAD), own, epoch.objects(session).only(key));
    }

    byte[] decrypt(TokenKey key, byte[] encrypted) throws PKCS11Exception {
        session.decryptInit(
                RecipientAlgorithm.RSA_OAEP.mechanism(), epoch.objects(session).only(key));
        return session.decrypt(encrypted);
    }

    void change(TokenKey key, long attribute, boolean value) throws PKCS11Exception {
        session.setAttributeValues(epoch.objects(session).only(key), new AttributeVector().attr(attribute, value));
    }

    /** Tries to unwrap a data key that another token passed, with one attribute the other way round. */
    long unwrapWeakly(TokenKey key, byte[] passed, long attribute) throws PKCS11Exception {
        List<DeclaredAttributes.Flag> weak = DeclaredAttributes.UNBOUND_DATA_KEY.stream()
                .map(flag ->
                        flag.attribute() == attribute ? new DeclaredAttributes.Flag(attribute, !flag.value()) : flag)
                .toList();
        return session.unwrapKey(
                RecipientAlgorithm.RSA_OAEP.mechanism(),
                epoch.objects(session).only(key),
                passed,
                DataKeyTemplates.dataKey(weak));
    }

    /** Puts a pair that is known outside in the place of a transfer key. */
    void importTransferKey(CkaId kek, String label, KeyPair pair) {
        var key = (RSAPrivateCrtKey) pair.getPrivate();
        epoch.objects(session)
                .create(DataKeyTemplates.transfer(kek, label)
                        .privateKey()
                        .modulus(key.getModulus())
                        .publicExponent(key.getPublicExponent())
                        .privateExponent(key.getPrivateExponent())
                        .prime1(key.getPrimeP())
                        .prime2(key.getPrimeQ())
                        .exponent1(key.getPrimeExponentP())
                        .exponent2(key.getPrimeExponentQ())
                        .coefficient(key.getCrtCoefficient()));
    }

    /** Has a tag made with the binding key beside a key-encryption key. */
    public byte[] bind(CkaId kek, byte[] message) throws PKCS11Exception {
        session.signInit(new Mechanism(CKM_SHA256_HMAC), epoch.objects(session).only(TokenKey.binding(kek)));
        return session.sign(message);
    }

    private void create(AttributeVector generated, byte[] value) {
        epoch.objects(session).create(without(CKA_VALUE_LEN, generated).value(value));
    }

    private static AttributeVector without(long type, AttributeVector template) {
        var rest = new AttributeVector();
        template.snapshot().stream()
                .filter(attribute -> attribute.type() != type)
                .forEach(rest::attr);
        return rest;
    }

    /** Destroys the binding key beside a key-encryption key. */
    public void destroyBindingKey(CkaId id) {
        TokenObjects objects = epoch.objects(session);
        objects.destroy(objects.only(TokenKey.binding(id)));
    }

    /** Destroys the transfer key beside a key-encryption key. */
    public void destroyTransferKey(CkaId id) {
        TokenObjects objects = epoch.objects(session);
        objects.destroy(objects.only(TokenKey.transfer(id)));
    }

    /** How many secret keys there are that are not to stay. */
    int sessionKeys() throws PKCS11Exception {
        return session.findAllObjectsSingle(
                        new AttributeVector().class_(CKO_SECRET_KEY).token(false))
                .length;
    }

    /** How many objects have this CKA_ID. */
    public int objectsWithId(CkaId id) {
        return epoch.objects(session).withId(id).length;
    }

    @Override
    public void close() {
        Epoch.close(session);
        epoch.close();
    }
}
