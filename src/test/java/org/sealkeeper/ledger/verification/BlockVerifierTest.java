package org.sealkeeper.ledger.verification;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.ledger.BlockStatement;
import org.sealkeeper.testing.SoftwareChain;
import org.sealkeeper.testing.SoftwareKey;
import org.sealkeeper.verify.TrustedKeys;

class BlockVerifierTest {
    private static final SoftwareKey KEY = SoftwareKey.generate(SigningAlgorithm.ES256, 1);
    private static final SoftwareKey OTHER = SoftwareKey.generate(SigningAlgorithm.ES256, 2);
    private static final BlockStatement BLOCK =
            SoftwareChain.statements("lab-a", 7).getFirst();
    private static final String GOOD = KEY.jws(BlockStatement.TYPE, BLOCK.canonicalJson());
    private static final BlockVerifier VERIFIER = new BlockVerifier(new TrustedKeys(List.of(KEY.verificationKey())));

    @ParameterizedTest
    @EnumSource
    void aBlockSignedByATrustedKeyIsValid(SigningAlgorithm algorithm) {
        var key = SoftwareKey.generate(algorithm, 3);
        var verifier = new BlockVerifier(new TrustedKeys(List.of(KEY.verificationKey(), key.verificationKey())));
        String jws = key.jws(BlockStatement.TYPE, BLOCK.canonicalJson());
        assertThat(verifier.verify(jws))
                .isEqualTo(new BlockVerdict.Valid(BLOCK, key.verificationKey().keyId()));
        assertThat(VERIFIER.verify(jws)).isInstanceOf(BlockVerdict.Invalid.class);
    }

    @Test
    void whatNimbusSignsIsValid() throws Exception {
        assertThat(VERIFIER.verify(nimbus(header(JWSAlgorithm.ES256).build())))
                .isEqualTo(new BlockVerdict.Valid(BLOCK, KEY.verificationKey().keyId()));
    }

    @Test
    void nimbusVerifiesWhatIsSigned() throws Exception {
        var verifier = new ECDSAVerifier((ECPublicKey) KEY.verificationKey().publicKey());
        assertThat(JWSObject.parse(GOOD).verify(verifier)).isTrue();
    }

    @Test
    void everyChangedCharacterIsFound() {
        for (int index = 0; index < GOOD.length(); index++) {
            char[] changed = GOOD.toCharArray();
            changed[index] = changed[index] == 'A' ? 'B' : 'A';
            assertThat(VERIFIER.verify(new String(changed)))
                    .as("index %s", index)
                    .isNotInstanceOf(BlockVerdict.Valid.class);
        }
    }

    @Test
    void everyStrayBitIsFound() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String cut = GOOD.substring(0, GOOD.length() - 1);
        assertThat(alphabet.chars().mapToObj(last -> VERIFIER.verify(cut + (char) last)))
                .filteredOn(BlockVerdict.Valid.class::isInstance)
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource
    void whatNoTrustedKeySignedIsInvalid(String jws, String reason) {
        assertThat(VERIFIER.verify(jws))
                .isInstanceOfSatisfying(
                        BlockVerdict.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains(reason));
    }

    /** Other text of the same bytes: the last character of 64 bytes has four bits that count for nothing. */
    private static String strayed(String jws) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = jws.length() - 1;
        return jws.substring(0, last) + alphabet.charAt(alphabet.indexOf(jws.charAt(last)) + 1);
    }

    static Stream<Object[]> whatNoTrustedKeySignedIsInvalid() {
        String kid = KEY.verificationKey().keyId().value();
        String signedPart = GOOD.substring(0, GOOD.lastIndexOf('.'));
        return Stream.of(new Object[][] {
            {signedPart + ".", "not that of key"},
            {GOOD + "AA", "not that of key"},
            {KEY.jws("JWT", BLOCK.canonicalJson()), "expected typ block+jws"},
            {KEY.jws("application/block+jws", BLOCK.canonicalJson()), "expected typ block+jws"},
            {OTHER.jws(BlockStatement.TYPE, BLOCK.canonicalJson()), "not among the trusted keys"},
            {signed(OTHER, headerJson("ES256", kid)), "not that of key"},
            {signed(KEY, headerJson("ES384", kid)), "not that of key"},
            {signed(KEY, headerJson("EdDSA", kid)), "not that of key"},
            {KEY.jws(BlockStatement.TYPE, "{}".getBytes(UTF_8)), "canonical JSON"},
            {
                KEY.jws(BlockStatement.TYPE, (" " + new String(BLOCK.canonicalJson(), UTF_8)).getBytes(UTF_8)),
                "canonical JSON"
            },
        });
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoSignatureIsMalformed(String jws, String reason) {
        assertThat(VERIFIER.verify(jws))
                .isInstanceOfSatisfying(
                        BlockVerdict.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains(reason));
    }

    static Stream<Object[]> whatIsNoSignatureIsMalformed() throws Exception {
        String kid = KEY.verificationKey().keyId().value();
        String signedPart = GOOD.substring(0, GOOD.lastIndexOf('.'));
        return Stream.of(new Object[][] {
            {"", "3 parts"},
            {"..", "JSON object"},
            {signedPart, "3 parts"},
            {GOOD + ".", "3 parts"},
            {GOOD + "." + GOOD, "3 parts"},
            {GOOD + "=", "base64"},
            {GOOD + "==", "base64"},
            {strayed(GOOD), "base64"},
            {GOOD + "\n", "base64"},
            {" " + GOOD, "base64"},
            {GOOD.replaceFirst("\\.", "=."), "base64"},
            {GOOD + "A".repeat(10_000), "at most"},
            {"ä" + GOOD, "base64"},
            {signed(KEY, headerJson("none", kid)), "expected alg"},
            {signed(KEY, headerJson("HS256", kid)), "expected alg"},
            {signed(KEY, headerJson("es256", kid)), "expected alg"},
            {unsigned(headerJson("none", kid)), "expected alg"},
            {signed(KEY, headerJson("ES256", "key-1")), "43 characters"},
            {signed(KEY, "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}"), "exactly alg, kid and typ"},
            {signed(KEY, headerJson("ES256", kid).replace("}", ",\"b64\":true}")), "1 to 32 letters"},
            {signed(KEY, headerJson("ES256", kid).replace("}", ",\"crit\":\"exp\"}")), "exactly alg, kid and typ"},
            {signed(KEY, headerJson("ES256", kid).replace("}", ",\"alg\":\"ES256\"}")), "duplicate"},
            {signed(KEY, headerJson("ES256", kid).replace("}", ",\"jwk\":{}}")), "text or an integer"},
            {signed(KEY, headerJson("ES256", kid) + "{}"), "nothing after"},
            {signed(KEY, headerJson("ES256", kid).replace("\"ES256\"", "1")), "expected text in 'alg'"},
            {nimbusMac(), "expected alg"},
            {nimbusRsa(), "text or an integer"},
        });
    }

    @Test
    void aHeaderInAnotherOrderIsTheSameHeader() {
        String header =
                "{ \"typ\" : \"block+jws\", \"kid\":\"" + KEY.verificationKey().keyId() + "\",\"alg\":\"ES256\"}";
        assertThat(VERIFIER.verify(signed(KEY, header))).isInstanceOf(BlockVerdict.Valid.class);
    }

    private static String headerJson(String alg, String kid) {
        return "{\"alg\":\"" + alg + "\",\"kid\":\"" + kid + "\",\"typ\":\"block+jws\"}";
    }

    /** A JWS with any header, signed rightly. */
    private static String signed(SoftwareKey key, String header) {
        String input = encode(header.getBytes(UTF_8)) + "." + encode(BLOCK.canonicalJson());
        return input + "." + encode(key.sign(input.getBytes(US_ASCII)));
    }

    private static String unsigned(String header) {
        return encode(header.getBytes(UTF_8)) + "." + encode(BLOCK.canonicalJson()) + ".";
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType(BlockStatement.TYPE))
                .keyID(KEY.verificationKey().keyId().value());
    }

    private static String nimbus(JWSHeader header) throws Exception {
        var jws = new JWSObject(header, new Payload(BLOCK.canonicalJson()));
        jws.sign(new ECDSASigner((ECPrivateKey) KEY.privateKey()));
        return jws.serialize();
    }

    /** The classic confusion: the public key taken for a shared secret. */
    private static String nimbusMac() throws Exception {
        var jws = new JWSObject(header(JWSAlgorithm.HS256).build(), new Payload(BLOCK.canonicalJson()));
        jws.sign(new MACSigner(KEY.verificationKey().spki()));
        return jws.serialize();
    }

    /** The other classic: the signature brings its own key. */
    private static String nimbusRsa() throws Exception {
        var attacker = SoftwareKey.generate(SigningAlgorithm.PS256, 9);
        var header =
                header(JWSAlgorithm.PS256).jwk(attacker.verificationKey().jwk()).build();
        var jws = new JWSObject(header, new Payload(BLOCK.canonicalJson()));
        jws.sign(new RSASSASigner(attacker.privateKey()));
        return jws.serialize();
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
