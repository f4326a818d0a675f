package org.sealkeeper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;

/** Whatever is wrong with a policy file is reported with its line, all of it at once. */
class PolicyFileTest {
    private static final String RIGHT = """
            roles:
              nodes: [{certificate: "urn:n:*"}]
              staff: [{issuer: "https://i", claims: {group: staff}}]
              admins: [{issuer: "https://i", claims: {group: admin}}]
            grants:
              - name: sign
                roles: [nodes]
                operations: [sign-block]
                chains: [lab-a]
              - name: open
                roles: [staff]
                operations: [unwrap-data-key]
                keys: [patients]
                purposes: [TREAT]
                mfa: required
                when: 'request.recipient == "a"'
              - {name: wrap, roles: [admins], operations: [rewrap-data-key], keys: [patients]}
            denials:
              - {name: out, roles: [staff], operations: ["*"]}
            separationExceptions: []
            ...
            """;

    private static final KnownNames KNOWN =
            KnownNames.of(Set.of(new ChainName("lab-a")), Set.of(new KeyAlias("patients")));

    @TempDir
    private Path folder;

    @Test
    void aRightPolicyHasNoMistakes() {
        assertThat(PolicyText.mistakes(RIGHT, KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            separationExceptions: []       | seperation: []                 | 20: unknown field 'seperation'; known here: denials, emergency, grants, multiFactor, roles, separationExceptions
            separationExceptions: []       | separationExceptions: [nobody] | 20: expected a role that is declared under 'roles', found 'nobody'
            purposes: [TREAT]              | purposes: [BTG]                | 14: an emergency is granted, but nothing says how long it lasts; add 'emergency: {windowMinutes: 15}' at the top of the file
            separationExceptions: []       | emergency: {windowMinutes: 0}  | 20: expected an integer from 1 to 1440, found '0'
            separationExceptions: []       | emergency: {windowMinutes: 1441} | 20: expected an integer from 1 to 1440, found '1441'
            separationExceptions: []       | emergency: {}                  | 20: expected the field 'windowMinutes', found none
            separationExceptions: []       | multiFactor: {amr: [mfa]}      | 20: expected the field 'acr', found none
            {certificate: "urn:n:*"}       | {certificat: "urn:n:*"}        | 2: unknown field 'certificat'; known here: certificate, claims, issuer
            {certificate: "urn:n:*"}       | {certificate: "urn:*:n"}       | 2: expected a name, or a prefix that ends in its only '*', found 'urn:*:n'
            {certificate: "urn:n:*"}       | {}                             | 2: expected 'certificate', or 'issuer' and 'claims', found neither
            {certificate: "urn:n:*"}       | {certificate: ""}              | 2: expected a name, or a prefix that ends in its only '*', found ''
            {certificate: "urn:n:*"}       | urn:n                          | 2: expected a mapping in every item of 'nodes'
            issuer: "https://i", claims: {group: staff} | issuer: "https://i"             | 3: expected the field 'claims', found none
            issuer: "https://i", claims: {group: staff} | issuer: "https://i", claims: {} | 3: expected at least one claim: an issuer alone matches all its tokens
            issuer: "https://i", claims: {group: staff} | claims: {group: staff}          | 3: expected the field 'issuer', found none
            name: sign                     | title: sign                    | 6: expected the field 'name', found none
            name: sign                     | name: Sign                     | 6: expected a rule's name of 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or digit, found 'Sign'
            name: open                     | name: sign                     | 10: rule 'sign' is declared twice
            roles: [nodes]                 | roles: [node]                  | 7: expected a role that is declared under 'roles', found 'node'
            roles: [nodes]                 | roles: []                      | 7: expected at least one role, found none
            roles: [nodes]                 | roles: nodes                   | 7: expected a list in 'roles'
            [sign-block]                   | [sign]                         | 8: expected one of generate-data-key, read-audit-log, read-chain, read-emergencies, read-keys, read-policy, read-status, review-emergency, rewrap-data-key, sign-block, unwrap-data-key, verify-signature, found 'sign'
            [sign-block]                   | ["*"]                          | 8: expected one of generate-data-key, read-audit-log, read-chain, read-emergencies, read-keys, read-policy, read-status, review-emergency, rewrap-data-key, sign-block, unwrap-data-key, verify-signature, found '*'
            [sign-block]                   | []                             | 8: expected at least one operation, found none
            [sign-block]                   | [read-keys]                    | 9: expected no 'chains': none of the operations is one of those on chains
            chains: [lab-a]                | keys: [patients]               | 8: expected 'chains': this grant has operations on chains and must name them
            chains: [lab-a]                | chains: [lab-b]                | 9: expected a declared chain, or a prefix that ends in '*', found 'lab-b'
            chains: [lab-a]                | chains: [LAB]                  | 9: expected a chain name
            chains: [lab-a]                | chains: [l*b]                  | 9: expected a name, or a prefix that ends in its only '*', found 'l*b'
            chains: [lab-a]                | chains: []                     | 9: expected at least one of them in 'chains', found none
            keys: [patients]|keys: [patient]                                | 13: expected a declared key, or a prefix that ends in '*', found 'patient'
            purposes: [TREAT]              | purposes: [TREET]              | 14: expected a code of HL7's v3-PurposeOfUse, such as TREAT, found 'TREET'
            mfa: required                  | mfa: optional                  | 15: expected one of required, found 'optional'
            mfa: required                  | mfa: true                      | 15: expected one of required, found 'true'
            'request.recipient == "a"'     | 'request.recipient == 1'       | 16:30: the condition is wrong: found no matching overload for '_==_' applied to '(string, int)' (candidates: (%A0, %A0))
            'request.recipient == "a"'     | 'request.recipent == "a"'      | 16:
            'request.recipient == "a"'     | '1 + 1'                        | 16:
            'request.recipient == "a"'     | 'request.key.matches("a")'     | 16:
            'request.recipient == "a"'     | 'request.recipient == '        | 16:
            'request.recipient == "a"'     | ''                             | 16:
            when: 'request.recipient == "a"' | when:                          | 16:
            roles: [admins]                | roles: [staff]                 | 17: role 'staff' may use a data key by grants/open and administer it by grants/wrap; give one of them to another role, or name the role in 'separationExceptions'
            {name: out, roles              | {name: out, mfa: required, roles | 19: unknown field 'mfa'; known here: chains, keys, name, operations, purposes, roles, when
            ["*"]                          | ["*", read-keys]               | 19: expected one of
            ["*"]}                         | [sign-block], keys: [patients]}| 19: expected no 'keys': none of the operations is one of those on keys
            """)
    void whatIsWrongIsNamedWithItsLine(String right, String wrong, String message) {
        String text = RIGHT.replace(right, wrong);
        assertThat(text).isNotEqualTo(RIGHT);
        assertThat(PolicyText.mistakes(text, KNOWN))
                .anySatisfy(mistake -> assertThat(mistake).startsWith(message));
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        String text = RIGHT.replace("urn:n:*", "*:n")
                .replace("roles: [nodes]", "roles: [node]")
                .replace("[sign-block]", "[sign]")
                .replace("[lab-a]", "[lab-b]")
                .replace("[TREAT]", "[TREET]")
                .replace("mfa: required", "mfa: maybe")
                .replace("== \"a\"", "== 1")
                .replace("name: out", "nam: out")
                .replace("separationExceptions", "exceptions");
        assertThat(PolicyText.mistakes(text, KNOWN).stream().map(line -> line.substring(0, line.indexOf(':'))))
                .containsExactly("2", "7", "8", "9", "14", "15", "16", "19", "19", "20");
    }

    @Test
    void loadingForTheServiceThrowsAllMistakes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("policy.yaml"),
                RIGHT.replace("[sign-block]", "[sign]").replace("[TREAT]", "[TREET]"));
        assertThatThrownBy(() -> Policy.load(file, KNOWN))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(file + ":8: ")
                .hasMessageContaining("\n" + file + ":14: ");
    }

    /** Half saved, or cut by a full disk: whatever is missing might have denied something. */
    @ParameterizedTest
    @MethodSource
    void aPolicyThatIsCutAtAnyByteIsNone(String policy) throws IOException {
        Path file = folder.resolve("policy.yaml");
        byte[] whole = policy.getBytes(StandardCharsets.UTF_8);
        Files.write(file, whole);
        assertThat(Policy.load(file, KnownNames.ANY).text()).isEqualTo(policy);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Policy.load(file, KnownNames.ANY))
                    .as("the first %s bytes", length)
                    .isInstanceOf(ConfigurationFault.class);
        }
    }

    static Stream<String> aPolicyThatIsCutAtAnyByteIsNone() throws IOException {
        String shipped = Files.readString(Path.of("hsm-config/policy.yaml"));
        return Stream.of(
                shipped, shipped.replace("\n", "\r\n"), RIGHT, "# größer\n{roles: {}, grants: [], denials: []}\n...\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "...", "\n", "...\n\n", "... \n", "...\n# more\n", "...\n...\n", "...\n---\n...\n"})
    void theEndMarkIsTheLastLineAndNowhereElse(String end) throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), RIGHT.replace("...\n", end));
        assertThatThrownBy(() -> Policy.load(file, KNOWN))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(": expected the line '...' at the end of the policy and nowhere else");
    }

    @Test
    void whatIsNoYamlIsNamedWithItsLine() {
        assertThat(PolicyText.mistakes("roles:\n  a: [\ngrants: }", KNOWN))
                .singleElement()
                .asString()
                .startsWith("3: not valid YAML");
    }

    @Test
    void aFileThatIsNotThereIsNoInvalidPolicy() {
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("none.yaml"), KNOWN))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("expected a file here, found none");
    }

    @Test
    void aPrefixThatMatchesNothingIsAWarning() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), RIGHT.replace("[lab-a]", "[lab-a, old-*, \"*\"]"));
        assertThat(Policy.load(file, KNOWN).warnings())
                .containsExactly(file + ":9: 'old-*' matches none of the declared chains");
    }

    @Test
    void anExceptionFromTheSeparationOfDutiesIsStatedAndNeeded() throws IOException {
        String excepted = RIGHT.replace("Exceptions: []", "Exceptions: [staff]");
        Path file = Files.writeString(folder.resolve("policy.yaml"), excepted);
        assertThat(Policy.load(file, KNOWN).warnings()).containsExactly(file + ":20: not needed by staff");
        assertThat(PolicyText.mistakes(excepted.replace("roles: [admins]", "roles: [staff]"), KNOWN))
                .isEmpty();
    }

    @Test
    void theDigestIsThatOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), "# größer\n" + RIGHT);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        assertThat(Policy.load(file, KNOWN).digest()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("policy.yaml"), ("# \u00ff\n" + RIGHT).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Policy.load(file, KNOWN)).isInstanceOf(ConfigurationFault.class);
    }

    @Test
    void thePolicyInTheDocumentationIsValid() throws IOException {
        String page = Files.readString(Path.of("docs/policy.md"));
        String begin = "```yaml\n";
        String example = page.substring(page.indexOf(begin) + begin.length());
        assertThat(example.substring(0, example.indexOf("```"))).endsWith("\n...\n");
        assertThat(PolicyText.mistakes(example.substring(0, example.indexOf("```")), KnownNames.ANY))
                .isEmpty();
    }

    @Test
    void thePolicyOfThisRepositoryIsValid() {
        Policy policy = Policy.load(
                Path.of("hsm-config/policy.yaml"),
                KnownNames.of(
                        Set.of(new ChainName("lab-a"), new ChainName("lab-b")), Set.of(new KeyAlias("patient-data"))));
        assertThat(policy.warnings()).isEmpty();
        assertThat(policy.decide(Asked.request("cert=urn:sealkeeper:node:node-a op=sign-block chain=lab-a")))
                .isEqualTo(new Verdict(true, "grants/node-a-signs"));
        assertThat(policy.decide(Asked.request("cert=urn:sealkeeper:node:node-a op=sign-block chain=lab-b")))
                .isEqualTo(new Verdict(false, "default-deny"));
    }
}
