package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DESTROYABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS_BITS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_AES_KEY_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_GENERIC_SECRET_KEY_GEN;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.keys.provisioning.SelfSignedCertificate;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11KeyPair;
import org.xipki.pkcs11.wrapper.Session;

/** Makes objects in a token as Sealkeeper does, but for one attribute. */
final class AlteredObjects implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final RecipientKeyPair RECIPIENT = RecipientKeyPair.generate();
    private static final KeyPair RSA = rsa();
    private static final String LABEL = "lab-a-v1";

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(3072);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which object is made otherwise. */
    enum Kind {
        PRIVATE_ES256(SigningAlgorithm.ES256),
        PUBLIC_ES256(SigningAlgorithm.ES256),
        PRIVATE_ES384(SigningAlgorithm.ES384),
        PUBLIC_ES384(SigningAlgorithm.ES384),
        PRIVATE_PS256(SigningAlgorithm.PS256),
        PUBLIC_PS256(SigningAlgorithm.PS256),
        PRIVATE_EDDSA(SigningAlgorithm.EDDSA),
        PUBLIC_EDDSA(SigningAlgorithm.EDDSA),
        CERTIFICATE(SigningAlgorithm.ES256),
        KEY_ENCRYPTION_KEY,
        BINDING_KEY,
        TRANSFER_KEY,
        PRIVATE_TRANSIT_KEY,
        TRUSTED_TRANSIT_KEY,
        RECIPIENT_KEY,
        RECORD,
        PERMIT;

        private final Optional<SigningAlgorithm> algorithm;

        Kind() {
            this.algorithm = Optional.empty();
        }

        Kind(SigningAlgorithm algorithm) {
            this.algorithm = Optional.of(algorithm);
        }

        boolean isMadeByTheOfficer() {
            return this == RECIPIENT_KEY || this == TRUSTED_TRANSIT_KEY;
        }
    }

    /**
     * What was made.
     *
     * @param altered the object that was made otherwise
     */
    record Made(long altered, List<Long> all, List<DeclaredObjects> declared) {}

    /** Makes a template another one. */
    interface Alteration {
        /** None. */
        Alteration NONE = template -> template;

        AttributeVector of(AttributeVector template);

        static Alteration to(long attribute, Object value) {
            return template -> {
                var altered = new AttributeVector();
                template.snapshot().stream()
                        .filter(stated -> stated.type() != attribute)
                        .forEach(altered::attr);
                return altered.attr(attribute, value);
            };
        }
    }

    private final SoftHsmToken token;
    private final Session session;
    private final TokenObjects objects;

    private AlteredObjects(SoftHsmToken token, Session session) {
        this.token = token;
        this.session = session;
        this.objects = new TokenObjects(session, new ObjectLock());
    }

    /** As the user. */
    static AlteredObjects in(SoftHsmToken token) {
        var made = new AlteredObjects(token, open(token));
        Login.user(made.session, token.settings());
        return made;
    }

    /** As the security officer; no user may be logged in. */
    static AlteredObjects asOfficer(SoftHsmToken token) {
        var made = new AlteredObjects(token, open(token));
        Login.securityOfficer(made.session, token.label().value(), token.soPin());
        return made;
    }

    private static Session open(SoftHsmToken token) {
        Library library = Library.of(token.settings().profile());
        return Epoch.openSession(
                TokenSlot.labelled(library.module(), token.label().value()).token(), true);
    }

    TokenObjects objects() {
        return objects;
    }

    Session session() {
        return session;
    }

    List<Finding> findings(List<DeclaredObjects> declared) {
        return new ObjectMatching(objects()).findings(declared);
    }

    void destroyAll() {
        for (long handle : objects.find(new AttributeVector())) {
            if (objects.attribute(handle, CKA_DESTROYABLE)
                    .map(AttributeText::flag)
                    .equals(Optional.of("true"))) {
                objects.destroy(handle);
            }
        }
    }

    Made make(Kind kind, Alteration alteration) throws PKCS11Exception {
        return switch (kind) {
            case PRIVATE_ES256, PRIVATE_ES384, PRIVATE_PS256, PRIVATE_EDDSA ->
                signing(kind, alteration, Alteration.NONE, Alteration.NONE);
            case PUBLIC_ES256, PUBLIC_ES384, PUBLIC_PS256, PUBLIC_EDDSA ->
                signing(kind, Alteration.NONE, alteration, Alteration.NONE);
            case CERTIFICATE -> signing(kind, Alteration.NONE, Alteration.NONE, alteration);
            case KEY_ENCRYPTION_KEY -> keyEncryption(alteration, Alteration.NONE, Alteration.NONE, 0);
            case BINDING_KEY -> keyEncryption(Alteration.NONE, alteration, Alteration.NONE, 1);
            case TRANSFER_KEY -> keyEncryption(Alteration.NONE, Alteration.NONE, alteration, 2);
            case PRIVATE_TRANSIT_KEY, TRUSTED_TRANSIT_KEY -> transit(kind, alteration);
            case RECIPIENT_KEY ->
                alone(
                        create(alteration.of(DataKeyTemplates.recipient(RECIPIENT.publicKey(), "recipient-lab"))),
                        new DeclaredObjects.TrustedRecipient(
                                "recipient 'lab'", RECIPIENT.publicKey(), "recipient-lab", true));
            case RECORD -> alone(create(alteration.of(record())));
            case PERMIT ->
                alone(create(alteration.of(TokenPermit.template("owner")
                        .token(true)
                        .private_(true)
                        .modifiable(false)
                        .label("owner"))));
        };
    }

    private static AttributeVector record() {
        return TokenObjects.record()
                .token(true)
                .private_(true)
                .modifiable(true)
                .label("text")
                .value("owner".getBytes(UTF_8));
    }

    private static Made alone(long made, DeclaredObjects... declared) {
        return new Made(made, List.of(made), List.of(declared));
    }

    private Made signing(Kind kind, Alteration ofPrivate, Alteration ofPublic, Alteration ofCertificate)
            throws PKCS11Exception {
        SigningAlgorithm algorithm = kind.algorithm.orElseThrow();
        CkaId id = CkaId.random(RANDOM);
        var template = new SigningKeyTemplate(id, LABEL, algorithm);
        KeyPairTemplate right = template.attributes();
        var altered = new KeyPairTemplate(ofPrivate.of(right.privateKey()), ofPublic.of(right.publicKey()));
        PKCS11KeyPair pair = algorithm == SigningAlgorithm.PS256
                ? new PKCS11KeyPair(create(publicHalf(altered.publicKey())), imported(altered.privateKey()))
                : session.generateKeyPair(template.generation(), altered);
        VerificationKey key = VerificationKey.of(
                algorithm,
                new TokenPublicKey(objects(), pair.getPublicKey())
                        .spki(algorithm)
                        .orElseThrow());
        var pending = new PendingKey(
                new KeyAlias("lab-a"),
                1,
                token.label(),
                KeyPurpose.BLOCK_SIGNING,
                algorithm,
                id,
                Instant.parse("2026-01-01T00:00:00Z"));
        var certificate = SelfSignedCertificate.of(pending, key, content -> anySignature(algorithm));
        long stored = create(ofCertificate.of(CertificateTemplate.of(id, LABEL, certificate)));
        long made = switch (kind) {
            case CERTIFICATE -> stored;
            case PUBLIC_ES256, PUBLIC_ES384, PUBLIC_PS256, PUBLIC_EDDSA -> pair.getPublicKey();
            default -> pair.getPrivateKey();
        };
        return new Made(
                made,
                List.of(pair.getPrivateKey(), pair.getPublicKey(), stored),
                List.of(new DeclaredObjects.SigningPair("key 'lab-a' version 1", id, LABEL, key, certificate)));
    }

    /** The private key may not sign, as it was altered; what the certificate vouches for is not looked at. */
    private static byte[] anySignature(SigningAlgorithm algorithm) {
        byte[] signature = new byte[algorithm == SigningAlgorithm.ES384 ? 96 : 64];
        Arrays.fill(signature, (byte) 1);
        return signature;
    }

    private Made keyEncryption(Alteration ofKey, Alteration ofBinding, Alteration ofTransfer, int altered)
            throws PKCS11Exception {
        CkaId id = CkaId.random(RANDOM);
        long key = session.generateKey(
                new Mechanism(CKM_AES_KEY_GEN), ofKey.of(DataKeyTemplates.keyEncryptionKey(id, LABEL)));
        long binding = session.generateKey(
                new Mechanism(CKM_GENERIC_SECRET_KEY_GEN), ofBinding.of(DataKeyTemplates.bindingKey(id, LABEL)));
        long transfer =
                imported(ofTransfer.of(DataKeyTemplates.transfer(id, LABEL).privateKey()));
        List<Long> all = List.of(key, binding, transfer);
        return new Made(
                all.get(altered),
                all,
                List.of(new DeclaredObjects.KeyEncryption("key-encryption key 'lab' version 1", id, LABEL, true)));
    }

    /** To search for RSA primes takes too long for so many. */
    private long imported(AttributeVector template) throws PKCS11Exception {
        var key = (RSAPrivateCrtKey) RSA.getPrivate();
        var right = new AttributeVector()
                .modulus(key.getModulus())
                .publicExponent(key.getPublicExponent())
                .privateExponent(key.getPrivateExponent())
                .prime1(key.getPrimeP())
                .prime2(key.getPrimeQ())
                .exponent1(key.getPrimeExponentP())
                .exponent2(key.getPrimeExponentQ())
                .coefficient(key.getCrtCoefficient());
        return create(completed(template, right));
    }

    private static AttributeVector publicHalf(AttributeVector template) {
        var key = (RSAPublicKey) RSA.getPublic();
        var imported = new AttributeVector();
        template.snapshot().stream()
                .filter(attribute -> attribute.type() != CKA_MODULUS_BITS
                        || attribute.getValue().equals(2048L))
                .forEach(imported::attr);
        return completed(imported, new AttributeVector().modulus(key.getModulus()));
    }

    /** What the template states is as it states it. */
    private static AttributeVector completed(AttributeVector template, AttributeVector rest) {
        rest.snapshot().stream()
                .filter(attribute -> template.getAttribute(attribute.type()) == null)
                .forEach(template::attr);
        return template;
    }

    /** As the user makes the one half and the officer the other, only that of the kind is made. */
    private Made transit(Kind kind, Alteration alteration) throws PKCS11Exception {
        CkaId id = CkaId.random(RANDOM);
        long made = kind == Kind.PRIVATE_TRANSIT_KEY
                ? imported(alteration.of(DataKeyTemplates.transit(id, LABEL).privateKey()))
                : create(alteration.of(DataKeyTemplates.transitPublic(id, LABEL, RECIPIENT.publicKey())));
        return alone(made, new DeclaredObjects.TransitPair("rewrap window of 'lab'", id, LABEL));
    }

    private long create(AttributeVector template) throws PKCS11Exception {
        return session.createObject(template);
    }

    @Override
    public void close() {
        Epoch.close(session);
    }
}
