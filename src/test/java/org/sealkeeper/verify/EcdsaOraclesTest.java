package org.sealkeeper.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sealkeeper.kernel.SigningAlgorithm.ES256;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.testing.SoftwareKey;

/** The verifier beside two others, over thousands of seeded signatures, most of them wrong in one particular way. */
class EcdsaOraclesTest {
    private static final int ROUNDS = 20;
    private static final Provider JDK = Security.getProvider("SunEC");
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** Where an oracle accepts what the standards do not allow, and the verifier rightly does not. */
    private static final Map<SignatureEncoding, TreeSet<String>> KNOWN_LENIENCE = Map.of(
            SignatureEncoding.P1363, new TreeSet<>(),
            SignatureEncoding.DER, new TreeSet<>(List.of("SunEC: negative r", "SunEC: negative s")));

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384"})
    void agreesWithTheJdkAndBouncyCastleWhicheverProviderJudges(SigningAlgorithm algorithm) throws Exception {
        var random = new Random(20_260_105);
        var key = SoftwareKey.generate(algorithm, 1);
        var otherKey = SoftwareKey.generate(algorithm, 2);
        var judges = new Judges(key.verificationKey());
        var lenience = new LinkedHashMap<SignatureEncoding, TreeSet<String>>();
        for (var encoding : SignatureEncoding.values()) {
            lenience.put(encoding, new TreeSet<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            byte[] message = new byte[random.nextInt(200)];
            random.nextBytes(message);
            for (var sample : EcdsaSamples.of(key, otherKey, message, random)) {
                lenience.get(sample.encoding()).addAll(judges.judge(sample, message));
            }
        }
        assertThat(lenience).isEqualTo(KNOWN_LENIENCE);
    }

    /** The verifier on each of its providers, and the oracles. */
    private record Judges(VerificationKey key, VerificationKey onCorretto, VerificationKey onBouncyCastle) {
        Judges(VerificationKey key) {
            this(
                    key,
                    VerificationKey.of(key.algorithm(), key.spki(), AmazonCorrettoCryptoProvider.INSTANCE),
                    VerificationKey.of(key.algorithm(), key.spki(), BOUNCY_CASTLE));
        }

        /** Which oracles accept it against the standard; fails where the verifier is wrong. */
        TreeSet<String> judge(EcdsaSample sample, byte[] message) throws Exception {
            Optional<byte[]> jws = sample.encoding().toJws(key.algorithm(), sample.signature());
            for (VerificationKey verifier : new VerificationKey[] {key, onCorretto, onBouncyCastle}) {
                assertThat(jws.filter(found -> verifier.verifies(message, found))
                                .isPresent())
                        .as(sample.toString())
                        .isEqualTo(sample.valid());
            }
            var lenient = new TreeSet<String>();
            for (Provider oracle : new Provider[] {JDK, BOUNCY_CASTLE}) {
                boolean accepts = accepts(oracle, sample, message);
                if (sample.valid()) {
                    assertThat(accepts).as("%s on %s", oracle, sample).isTrue();
                } else if (accepts) {
                    lenient.add(oracle.getName() + ": " + sample.name());
                }
            }
            return lenient;
        }

        private boolean accepts(Provider oracle, EcdsaSample sample, byte[] message) throws Exception {
            String digest = key.algorithm() == ES256 ? "SHA256" : "SHA384";
            Signature verifier = Signature.getInstance(digest + scheme(oracle, sample.encoding()), oracle);
            verifier.initVerify(
                    KeyFactory.getInstance("EC", oracle).generatePublic(new X509EncodedKeySpec(key.spki())));
            verifier.update(message);
            try {
                return verifier.verify(sample.signature());
            } catch (GeneralSecurityException | RuntimeException refused) {
                return false;
            }
        }

        private static String scheme(Provider oracle, SignatureEncoding encoding) {
            return switch (encoding) {
                case DER -> "withECDSA";
                case P1363 -> oracle.equals(JDK) ? "withECDSAinP1363Format" : "withPLAIN-ECDSA";
            };
        }
    }
}
