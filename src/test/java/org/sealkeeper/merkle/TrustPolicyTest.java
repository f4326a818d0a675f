package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy files of C2SP tlog-policy. In the tables ~ is a line feed, L1 and L2 are a log's vkeys, W1 to W6 witnesses'. */
class TrustPolicyTest {
    private static final Pattern KEY = Pattern.compile("\\b(?:L[12]|W[1-6]|OTHER|RENAMED|SAME|FUTURE|PQ)\\b");
    private static final NoteSigner LOG = NoteSigner.of("lab-a.example/audit", NoteAlgorithm.ED25519);
    private static final VerifierKey L1 = LOG.verifier();
    private static final VerifierKey L2 =
            NoteSigner.of("lab-a.example/audit", NoteAlgorithm.ECDSA).verifier();
    private static final VerifierKey OTHER =
            NoteSigner.of("lab-b.example/audit", NoteAlgorithm.ED25519).verifier();
    private static final VerifierKey RENAMED = NoteSigner.of("lab-b.example/audit", NoteAlgorithm.ED25519, LOG.keys())
            .verifier();
    private static final List<NoteSigner> WITNESSES = Stream.of("1", "2", "3", "4", "5", "6")
            .map(number -> NoteSigner.of("witness.example/" + number, NoteAlgorithm.COSIGNATURE_V1))
            .toList();
    private static final VerifierKey W1_RENAMED = NoteSigner.of(
                    "witness.example/7",
                    NoteAlgorithm.COSIGNATURE_V1,
                    WITNESSES.getFirst().keys())
            .verifier();

    private static final VerifierKey PQ =
            NoteSigner.of("witness.example/8", NoteAlgorithm.ML_DSA_44).verifier();
    /** A vkey of a type that is not assigned yet. */
    private static final String FUTURE = "future.example/key+deadbeef+fwEC";

    /** The example of the specification. */
    private static final String EXAMPLE = """
            log L1

            witness X1 W1
            witness X2 W2
            witness X3 W3
            group X-witnesses 2 X1 X2 X3

            witness Y1 W4
            witness Y2 W5
            witness Y3 W6
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y
            """;

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "1 2, false",
        "1 4, false",
        "4 5 6, false",
        "1 4 5 6, false",
        "1 2 3, false",
        "1 2 4, true",
        "2 3 6, true",
        "1 2 3 4 5 6, true"
    })
    void theExamplesQuorumIsTwoOfTheOnesAndAnyOfTheOthers(String cosigners, boolean isSatisfied) {
        TrustPolicy policy = parse(EXAMPLE);
        assertThat(policy.logs()).containsExactly(L1);
        assertThat(policy.witnesses()).hasSize(6);
        assertThat(policy.isSatisfiedBy(witnesses(cosigners))).isEqualTo(isSatisfied);
    }

    @ParameterizedTest
    @CsvSource({
        "log L1~quorum none~, '', true",
        "quorum none~log L1~log L2~, '', true",
        "log L1 https://lab-a.example/~quorum none~, '', true",
        "'# who~~ \t ~  # what~\tlog \t L1 ~ quorum none \t~', '', true",
        "log L1~witness a W1 https://w.example/~quorum a~, '', false",
        "log L1~witness a W1 https://w.example/~quorum a~, 1, true",
        "log L1~witness a W1~witness A W2~quorum a~, 2, false",
        "log L1~witness a W1~witness b W2~group g all a b~quorum g~, 1, false",
        "log L1~witness a W1~witness b W2~group g all a b~quorum g~, 1 2, true",
        "log L1~witness a W1~witness b W2~group g 1 a b~quorum g~, 2, true",
        "log L1~witness a W1~witness b W2~group g 2 a b~quorum g~, 2, false",
        "log L1~witness a W1~witness b W2~group g 2 a b~quorum a~, 1, true",
        "log L1~witness log W1~group any any log~group all all any~quorum all~, 1, true",
        "log L1~witness a W1~quorum none~, 3, true",
        "log L1~witness \u4e00 W1~quorum \u4e00~, 1, true",
        "quorum none~, '', true",
        "log L1~log OTHER~log PQ~quorum none~, '', true",
        "log L1~witness p PQ~witness a W1~group g any p a~quorum g~, 1, true",
        "log L1~witness a FUTURE~quorum none~, '', true",
        "log L1~log FUTURE~quorum none~, '', true",
        "log L1~witness a FUTURE~witness b W1~group g any a b~quorum g~, 1, true",
        "log L1~witness a FUTURE~witness b W1~group g any a b~quorum g~, 2, false"
    })
    void aQuorumIsWhatItsLineSays(String policy, String cosigners, boolean isSatisfied) {
        assertThat(parse(policy).isSatisfiedBy(witnesses(cosigners))).isEqualTo(isSatisfied);
    }

    @Test
    void keysThePolicyDoesNotKnowDoNotCount() {
        TrustPolicy policy = parse("log L1~witness a W1~quorum a~");
        assertThat(policy.isSatisfiedBy(Set.of(L1, W1_RENAMED, WITNESSES.get(1).verifier())))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', line 1: expected 'quorum",
        "log L1~, line 2: expected 'quorum",
        "log L1~quorum none, line 2: expected a line feed",
        "log L1~quorum none~quorum none~, line 3: expected one quorum line",
        "log L1~quorum~, line 2: expected 'quorum",
        "log L1~quorum none none~, line 2: expected 'quorum",
        "log L1~quorum a~witness a W1~, line 2: expected 'none' or a name",
        "log L1~quorum A~, line 2: expected 'none' or a name",
        "log~quorum none~, line 1: expected 'log",
        "log L1 url more~quorum none~, line 1: expected 'log",
        "log L1+~quorum none~, line 1: expected a vkey",
        "log L1~log L1~quorum none~, line 2: expected a new key",
        "log L1~log RENAMED~quorum none~, line 2: expected a new key",
        "log FUTURE~quorum none~, line 3: expected a log's key of a type known here",
        "log L1~witness a FUTURE~quorum a~, line 3: expected a quorum of witnesses with keys of types known here",
        "log L1~witness a FUTURE~witness b W1~group g all a b~quorum g~, line 5: expected a quorum",
        "log L1~witness a~quorum none~, line 2: expected 'witness",
        "log L1~witness a W1 url more~quorum none~, line 2: expected 'witness",
        "log L1~witness a L2~quorum none~, line 2: expected a witness's key",
        "log L1~witness none W1~quorum none~, line 2: expected a new name",
        "log L1~witness a W1~witness a W2~quorum none~, line 3: expected a new name",
        "log L1~witness a W1~witness b W1~quorum none~, line 3: expected a new key",
        "log L1~witness a W1~witness b SAME~quorum none~, line 3: expected a new key",
        "log L1~witness a W1~group a any a~quorum none~, line 3: expected a new name",
        "log L1~witness a W1~group none any a~quorum none~, line 3: expected a new name",
        "log L1~witness a W1~group g any~quorum none~, line 3: expected 'group",
        "log L1~witness a W1~group g any none~quorum none~, line 3: expected members from lines before",
        "log L1~witness a W1~group g any g~quorum none~, line 3: expected members from lines before",
        "log L1~witness a W1~group g any b~witness b W2~quorum none~, line 3: expected members from lines before",
        "log L1~witness a W1~group g any a a~quorum none~, line 3: expected members of no other group",
        "log L1~witness a W1~group g any a~group h any a~quorum h~, line 4: expected members of no other group",
        "log L1~witness a W1~group g 0 a~quorum g~, line 3: expected all",
        "log L1~witness a W1~group g 2 a~quorum g~, line 3: expected all",
        "log L1~witness a W1~group g 01 a~quorum g~, line 3: expected all",
        "log L1~witness a W1~group g -1 a~quorum g~, line 3: expected all",
        "log L1~witness a W1~group g most a~quorum g~, line 3: expected all",
        "log L1~witness a W1~group g 99999999999 a~quorum g~, line 3: expected all",
        "log L1~Quorum none~, line 2: expected 'log",
        "log L1~quorum\u00a0none~, line 2: expected 'log",
        "'log L1\r~quorum none\r~', line 1: expected no control characters",
        "'log L1~# \u007f~quorum none~', line 2: expected no control characters"
    })
    void everyOtherTextIsRefusedWithItsLine(String policy, String message) {
        assertThatThrownBy(() -> parse(policy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("found");
    }

    @Test
    void aPolicyMayNameSeveralLogsOrNone() {
        assertThat(parse("quorum none~").logs()).isEmpty();
        assertThat(parse("log L1~log OTHER~log PQ~quorum none~").logs()).containsExactlyInAnyOrder(L1, OTHER, PQ);
        TrustPolicy witnesses = parse("witness a W1~quorum a~");
        TrustPolicy joined = witnesses.forLogsOf(TrustPolicy.ofLogKeys(keyed("L1~FUTURE~")));
        assertThat(joined.logs()).containsExactly(L1);
        assertThat(joined.witnesses()).isEqualTo(witnesses.witnesses());
        assertThat(joined.unknown()).containsExactly(new UnknownKey(new KeyName("future.example/key"), "deadbeef"));
    }

    /** A version that cannot check a line must not say that it is missing. */
    @Test
    void aLineOfAnUnknownTypeMightBeTheMissingOne() {
        TrustPolicy policy = parse("log L1~witness a FUTURE~witness b W1~witness c W2~group g 2 a b c~quorum g~");
        Note without = new Note("a\nb\nc\n", List.of(LOG.sign("a\nb\nc\n")));
        Note with = without.with(NoteSignature.of(new KeyName("future.example/key"), 0xdeadbeef, new byte[9]));
        assertThat(policy.isSatisfiedBy(witnesses("1"))).isFalse();
        assertThat(policy.mightBeSatisfiedBy(witnesses("1"), without)).isFalse();
        assertThat(policy.mightBeSatisfiedBy(witnesses("1"), with)).isTrue();
        assertThat(policy.mightBeSatisfiedBy(witnesses(""), with)).isFalse();
    }

    /** A name is octets: bytes that are no UTF-8 are as good as any. */
    @Test
    void namesAndCommentsAreOpaqueOctets() {
        String text = keyed("# M\u00fcller~witness w\u00e4 W1~witness w\u00e5 W2~group g all w\u00e4~quorum g~");
        TrustPolicy policy = TrustPolicy.parse(text.getBytes(ISO_8859_1));
        assertThat(policy.isSatisfiedBy(witnesses("1"))).isTrue();
        assertThat(policy.isSatisfiedBy(witnesses("2"))).isFalse();
    }

    @Test
    void aLongChainOfGroupsIsNoTrouble() {
        var text = new StringBuilder("log L1~witness 0 W1~");
        for (int i = 1; i <= 20_000; i++) {
            text.append("group ").append(i).append(" all ").append(i - 1).append('~');
        }
        TrustPolicy policy = parse(text + "quorum 20000~");
        assertThat(policy.isSatisfiedBy(witnesses("1"))).isTrue();
        assertThat(policy.isSatisfiedBy(witnesses("2"))).isFalse();
    }

    @Test
    void forFirstContactTheLogsKeysAreEnough() {
        for (String text : new String[] {L1 + "\n" + L2 + "\n", L1 + "\n" + L2, L1 + "\r\n" + L2 + "\r\n\r\n"}) {
            TrustPolicy policy = TrustPolicy.ofLogKeys(text);
            assertThat(policy.logs()).containsExactlyInAnyOrder(L1, L2);
            assertThat(policy.witnesses()).isEmpty();
            assertThat(policy.isSatisfiedBy(Set.of())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', line 1: expected a vkey",
        "~, line 2: expected a vkey",
        "'L1 ~', line 1: expected a vkey",
        "L1 url~, line 1: expected a vkey",
        "log L1~, line 1: expected a vkey",
        "FUTURE~, line 2: expected a vkey of a type known here",
        "L1~L1~, line 2: expected a new key",
        "L1~OTHER~, line 2: expected the same log"
    })
    void otherKeysForFirstContactAreRefused(String keys, String message) {
        assertThatThrownBy(() -> TrustPolicy.ofLogKeys(keyed(keys)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining("found");
    }

    private static String keyed(String text) {
        return KEY.matcher(text.replace('~', '\n'))
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group().equals("FUTURE")
                                ? FUTURE
                                : key(match.group()).toString()));
    }

    private static TrustPolicy parse(String text) {
        return TrustPolicy.parse(keyed(text).getBytes(UTF_8));
    }

    private static VerifierKey key(String word) {
        return switch (word) {
            case "L1" -> L1;
            case "L2" -> L2;
            case "OTHER" -> OTHER;
            case "PQ" -> PQ;
            case "RENAMED" -> RENAMED;
            case "SAME" -> W1_RENAMED;
            default -> WITNESSES.get(Integer.parseInt(word.substring(1)) - 1).verifier();
        };
    }

    private static Set<VerifierKey> witnesses(String numbers) {
        return Arrays.stream(numbers.split(" ", -1))
                .filter(number -> !number.isEmpty())
                .map(number -> WITNESSES.get(Integer.parseInt(number) - 1).verifier())
                .collect(Collectors.toSet());
    }
}
