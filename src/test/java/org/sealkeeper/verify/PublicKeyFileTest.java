package org.sealkeeper.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.SoftwareKey;

class PublicKeyFileTest {
    private static final SoftwareKey KEY = SoftwareKey.generate(SigningAlgorithm.ES256, 1);
    private static final SoftwareKey OTHER = SoftwareKey.generate(SigningAlgorithm.ES384, 2);
    private static final String JWKS = set(KEY.verificationKey().jwk());

    @ParameterizedTest
    @EnumSource
    void everyFormGivesTheSameKey(SigningAlgorithm algorithm) throws Exception {
        var key = SoftwareKey.generate(algorithm, 4).verificationKey();
        for (byte[] file : List.of(
                key.spki(),
                pem("PUBLIC KEY", key.spki()).getBytes(UTF_8),
                set(key.jwk()).getBytes(UTF_8),
                ("\ufeff" + set(key.jwk())).getBytes(UTF_8),
                pem("CERTIFICATE", certificate(key)).getBytes(UTF_8),
                ("\ufeff" + pem("CERTIFICATE", certificate(key)).replace("\n", "\r\n")).getBytes(UTF_8),
                certificate(key))) {
            assertThat(PublicKeyFile.parse(file).keys()).singleElement().satisfies(read -> {
                assertThat(read.algorithm()).isEqualTo(algorithm);
                assertThat(read.keyId()).isEqualTo(key.keyId());
                assertThat(read.spki()).isEqualTo(key.spki());
            });
        }
    }

    @Test
    void aFileMayHoldSeveralKeys() {
        String pem = pem("PUBLIC KEY", KEY.verificationKey().spki())
                + "# the key before last\n"
                + pem("PUBLIC KEY", OTHER.verificationKey().spki());
        assertThat(PublicKeyFile.parse(pem.getBytes(UTF_8)).keys()).hasSize(2);
        String jwks = set(KEY.verificationKey().jwk(), OTHER.verificationKey().jwk());
        assertThat(PublicKeyFile.parse(jwks.getBytes(UTF_8)).keys()).hasSize(2);
    }

    @Test
    void aMissingKidIsComputed() {
        String jwks = JWKS.replaceFirst("\"kid\":\"[^\"]+\",", "");
        assertThat(jwks).doesNotContain("kid");
        assertThat(PublicKeyFile.parse(jwks.getBytes(UTF_8)).keys().getFirst().keyId())
                .isEqualTo(KEY.verificationKey().keyId());
    }

    @Test
    void theSameKeyTwiceIsOneKey() {
        var twice = new TrustedKeys(List.of(KEY.verificationKey(), KEY.verificationKey()));
        assertThat(twice.find(KEY.verificationKey().keyId())).contains(KEY.verificationKey());
        assertThat(twice.find(OTHER.verificationKey().keyId())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void anythingElseIsRefused(String what, byte[] file, String reason) {
        assertThatThrownBy(() -> PublicKeyFile.parse(file))
                .as(what)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    static Stream<Object[]> anythingElseIsRefused() throws Exception {
        byte[] spki = KEY.verificationKey().spki();
        var privateJwk = new ECKey.Builder(KEY.verificationKey().jwk().toECKey())
                .privateKey(KEY.privateKey())
                .build();
        String otherKid = OTHER.verificationKey().keyId().value();
        String kid = KEY.verificationKey().keyId().value();
        String pem = pem("PUBLIC KEY", spki);
        return Stream.of(new Object[][] {
            {"nothing", new byte[0], "1 to 1048576 bytes"},
            {"too much", new byte[PublicKeyFile.MAX_BYTES + 1], "1 to 1048576 bytes"},
            {"prose", "no keys here".getBytes(UTF_8), "found no key"},
            {"no text", new byte[] {(byte) 0xff, 1, 2}, "found no key"},
            {"JSON that is no UTF-8", new byte[] {'{', (byte) 0xff}, "UTF-8"},
            {"private PEM", pem("PRIVATE KEY", KEY.privateKey().getEncoded()).getBytes(UTF_8), "private key"},
            {"both PEM", (pem + pem("PRIVATE KEY", KEY.privateKey().getEncoded())).getBytes(UTF_8), "private key"},
            {"cut PEM", pem.substring(0, pem.length() - 30).getBytes(UTF_8), "complete PEM"},
            {"PEM of nonsense", pem("PUBLIC KEY", new byte[] {1, 2, 3}).getBytes(UTF_8), "expected"},
            {"certificate of nonsense", pem("CERTIFICATE", spki).getBytes(UTF_8), "expected"},
            {"cut DER", Arrays.copyOf(spki, spki.length - 1), "expected"},
            {"DER and more", Arrays.copyOf(spki, spki.length + 1), "expected"},
            {"point off the curve", flippedLast(spki), "expected"},
            {"other curve", generated("EC", new ECGenParameterSpec("secp521r1")), "P-256, P-384"},
            {"short RSA", rsa(2048), "3072"},
            {
                "X25519",
                KeyPairGenerator.getInstance("X25519")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded(),
                "Ed25519"
            },
            {
                "Ed448",
                KeyPairGenerator.getInstance("Ed448")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded(),
                "Ed25519"
            },
            {"private JWK", ("{\"keys\":[" + privateJwk.toJSONString() + "]}").getBytes(UTF_8), "private or symmetric"},
            {"symmetric JWK", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}".getBytes(UTF_8), "private or symmetric"},
            {"bare JWK", KEY.verificationKey().jwk().toJSONString().getBytes(UTF_8), "'keys'"},
            {"no keys", "{\"keys\":[]}".getBytes(UTF_8), "found no key"},
            {"no JSON", "{\"keys\":".getBytes(UTF_8), "JWK Set"},
            {"keys of text", "{\"keys\":[\"a\"]}".getBytes(UTF_8), "JWK Set"},
            {"unknown type", "{\"keys\":[{\"kty\":\"LWE\"}]}".getBytes(UTF_8), "JWK Set"},
            {"kid of another", JWKS.replace(kid, otherKid).getBytes(UTF_8), "RFC 7638 thumbprint " + kid},
            {"chosen kid", JWKS.replace(kid, "key-1").getBytes(UTF_8), "RFC 7638 thumbprint " + kid},
            {"alg of another", JWKS.replace("ES256", "ES384").getBytes(UTF_8), "expected alg ES256"},
            {"alg none", JWKS.replace("ES256", "none").getBytes(UTF_8), "expected alg ES256"},
            {"for encryption", JWKS.replace("\"sig\"", "\"enc\"").getBytes(UTF_8), "expected use sig"},
            {"one bad key", set(KEY.verificationKey().jwk(), privateJwk).getBytes(UTF_8), "private or symmetric"},
        });
    }

    /** RFC 7517 section 5. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kty":"AKP","alg":"ML-DSA-44","kid":"other","pub":"AAAA"}                               | is not a well-formed key
            {"kty":"OKP","crv":"X25519","kid":"other","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"} | is not a well-formed key
            {"kty":"EC","crv":"secp256k1","kid":"other","x":"AAAA","y":"AAAA"}                       | is not a well-formed key
            {"kty":"EC","crv":"P-256","kid":"other","x":"AAAA"}                                      | is not a well-formed key
            {"kid":"other"}                                                                          | is not a well-formed key
            {"kty":7,"kid":"other"}                                                                  | is not a well-formed key
            """)
    void aKeyThatIsNotUnderstoodSpoilsNoSet(String other, String why) {
        String set = JWKS.replaceFirst("\\[", "[" + other.strip() + ",");
        PublicKeySet read = PublicKeyFile.parse(set.getBytes(UTF_8));

        assertThat(ids(read)).containsExactly(KEY.verificationKey().keyId());
        assertThat(read.ignored()).singleElement().satisfies(ignored -> {
            assertThat(ignored.kid()).contains("other");
            assertThat(ignored.why()).startsWith(why);
        });
    }

    @Test
    void onlyASignatureThatNamesAnIgnoredKeyIsComplainedAbout() {
        var other = OTHER.verificationKey();
        String set = set(KEY.verificationKey().jwk(), other.jwk())
                .replace(other.keyId().value(), "the other");
        var trusted = TrustedKeys.of(List.of(PublicKeyFile.parse(set.getBytes(UTF_8))));

        assertThat(trusted.find(other.keyId())).isEmpty();
        assertThat(trusted.whyNot(other.keyId()))
                .isEqualTo(
                        "key %1$s is among the trusted keys, but not understood: it has another kid than its RFC 7638"
                                + " thumbprint %1$s",
                        other.keyId());
        assertThat(trusted.whyNot(new KeyId("A".repeat(43)))).endsWith("is not among the trusted keys");
    }

    @Test
    void aKidMayBeAnythingWhereThatIsWanted() {
        var key = KEY.verificationKey();
        String set = JWKS.replace(key.keyId().value(), "lab a");

        assertThatThrownBy(() -> PublicKeyFile.parse(set.getBytes(UTF_8))).hasMessageContaining("RFC 7638 thumbprint");
        assertThat(PublicKeyFile.parse(set.replace("lab a", "lab-a-2026").getBytes(UTF_8), true))
                .satisfies(read -> assertThat(ids(read)).containsExactly(key.keyId()))
                .satisfies(read -> assertThat(read.names()).containsExactly(Map.entry(key.keyId(), "lab-a-2026")));
    }

    /** As {@code openssl genpkey -algorithm RSA-PSS} makes them (RFC 4055). */
    @Test
    void anRsaPssKeyIsReadWhereItsParametersLetIt() throws Exception {
        var key = SoftwareKey.generate(SigningAlgorithm.PS256, 4).verificationKey();
        var sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        var sha512 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512, DERNull.INSTANCE);
        for (byte[] file :
                List.of(pss(key, null), pss(key, pssParameters(sha256, 32)), pss(key, pssParameters(sha256, 20)))) {
            VerificationKey read = PublicKeyFile.parse(file).keys().getFirst();
            assertThat(read.algorithm()).isEqualTo(SigningAlgorithm.PS256);
            assertThat(read.keyId()).isEqualTo(key.keyId());
        }
        for (byte[] file : List.of(
                pss(key, pssParameters(sha512, 32)),
                pss(key, pssParameters(sha256, 64)),
                pss(key, new RSASSAPSSparams()))) {
            assertThatThrownBy(() -> PublicKeyFile.parse(file)).hasMessageContaining("RSA-PSS key (id-RSASSA-PSS)");
        }
    }

    private static RSASSAPSSparams pssParameters(AlgorithmIdentifier hash, int salt) {
        return new RSASSAPSSparams(
                hash,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
                new ASN1Integer(salt),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    }

    private static byte[] pss(VerificationKey key, RSASSAPSSparams parameters) throws Exception {
        var type = parameters == null
                ? new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS)
                : new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, parameters);
        return new SubjectPublicKeyInfo(
                        type, SubjectPublicKeyInfo.getInstance(key.spki()).parsePublicKey())
                .getEncoded();
    }

    @Test
    void aKeyOfAnotherTypeIsNoKeyOfTheAlgorithm() {
        for (var algorithm : List.of(SigningAlgorithm.ES384, SigningAlgorithm.PS256, SigningAlgorithm.EDDSA)) {
            assertThatThrownBy(() ->
                            VerificationKey.of(algorithm, KEY.verificationKey().spki()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<KeyId> ids(PublicKeySet set) {
        return set.keys().stream().map(VerificationKey::keyId).toList();
    }

    private static String set(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(false);
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    /** By an unknown issuer, long expired: only the key in it counts. */
    private static byte[] certificate(VerificationKey subject) throws Exception {
        var issuer = SoftwareKey.generate(SigningAlgorithm.ES256, 8);
        var builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=issuer"),
                BigInteger.ONE,
                Date.from(Instant.parse("2020-01-01T00:00:00Z")),
                Date.from(Instant.parse("2021-01-01T00:00:00Z")),
                new X500Principal("CN=subject"),
                subject.publicKey());
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.privateKey()))
                .getEncoded();
    }

    private static byte[] flippedLast(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[flipped.length - 1] ^= 1;
        return flipped;
    }

    private static byte[] generated(String type, ECGenParameterSpec curve) throws Exception {
        var generator = KeyPairGenerator.getInstance(type);
        generator.initialize(curve);
        return generator.generateKeyPair().getPublic().getEncoded();
    }

    private static byte[] rsa(int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair().getPublic().getEncoded();
    }
}
