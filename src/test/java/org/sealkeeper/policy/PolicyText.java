package org.sealkeeper.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Policies for tests, by their text. */
final class PolicyText {
    /** One of everything; the tables of the tests are about this one. */
    static final String HOSPITAL = """
            roles:
              node-a: [{certificate: "urn:sealkeeper:node:node-a"}]
              nodes: [{certificate: "urn:sealkeeper:node:*"}]
              gateways: [{certificate: "CN=gateway,O=Clinic"}]
              clinicians: [{issuer: "https://idp.example", claims: {groups: clinician}}]
              emergency: [{issuer: "https://idp.example", claims: {groups: er, active: "true"}}]
              on-call: [{certificate: "urn:sealkeeper:ward:*", issuer: "https://idp.example", claims: {groups: on-call}}]
              officers: [{issuer: "https://idp.example", claims: {sub: "officer-1"}}]
              auditors: [{certificate: "urn:sealkeeper:auditor:*"}, {issuer: "https://audit.example", claims: {role: auditor}}]
              suspended: [{certificate: "urn:sealkeeper:node:node-x"}, {issuer: "https://idp.example", claims: {groups: suspended}}]
            multiFactor: {amr: [mfa, hwk], acr: ["urn:example:loa3"]}
            grants:
              - name: node-a-signs
                roles: [node-a]
                operations: [sign-block, read-chain]
                chains: [lab-a]
              - name: nodes-sign-tests
                roles: [nodes]
                operations: [sign-block, verify-signature]
                chains: [test-*]
                when: 'request.height < 100'
              - name: auditors
                roles: [auditors]
                operations: [read-chain, read-audit-log, read-keys]
                chains: ["*"]
              - name: gateway-makes
                roles: [gateways]
                operations: [generate-data-key]
                keys: [patient-data, trial-*]
                when: 'request.recipient == caller.id || request.recipient.startsWith("lab-")'
              - name: clinicians-read
                roles: [clinicians]
                operations: [unwrap-data-key]
                keys: [patient-data]
                purposes: [TREAT, PATRQT]
                mfa: required
                when: 'now.getHours("UTC") >= 6 && now.getHours("UTC") < 20'
              - name: emergency-reads
                roles: [emergency]
                operations: [unwrap-data-key]
                keys: [patient-data]
                purposes: [ETREAT]
              - name: on-call-breaks-the-glass
                roles: [on-call]
                operations: [unwrap-data-key]
                keys: [patient-*]
                purposes: [BTG]
                when: 'caller.authentication == "certificate+token" && caller.claims.shift == 1'
              - name: officers-rewrap
                roles: [officers]
                operations: [rewrap-data-key]
                keys: [patient-data]
                mfa: required
            denials:
              - name: suspended
                roles: [suspended]
                operations: ["*"]
              - name: frozen
                roles: [nodes]
                operations: [sign-block]
                chains: [test-frozen]
              - name: no-trial-nights
                roles: [gateways]
                operations: ["*"]
                keys: [trial-closed]
                when: '1 / (request.height + 1) == 1'
              - name: no-care-for-auditors
                roles: [auditors]
                operations: [unwrap-data-key]
                purposes: [TREAT]
            separationExceptions: []
            emergency: {windowMinutes: 15}
            ...
            """;

    static final KnownNames KNOWN = KnownNames.ANY;

    private PolicyText() {}

    static Policy policy(String text) {
        return switch (read(text, KNOWN)) {
            case PolicyFile.Reading.Valid(Policy policy) -> policy;
            case PolicyFile.Reading.Invalid(List<String> mistakes) -> throw new AssertionError(mistakes);
        };
    }

    /** The mistakes, each without the name of the file. */
    static List<String> mistakes(String text, KnownNames known) {
        return switch (read(text, known)) {
            case PolicyFile.Reading.Valid _ -> List.of();
            case PolicyFile.Reading.Invalid(List<String> mistakes) ->
                mistakes.stream()
                        .map(line -> line.substring(line.indexOf(".yaml:") + 6))
                        .toList();
        };
    }

    /** Tests about what a policy says leave its end mark to this. */
    private static PolicyFile.Reading read(String text, KnownNames known) {
        try {
            Path file = Files.createTempFile("policy", ".yaml");
            try {
                Files.writeString(file, text.endsWith("\n...\n") ? text : text.stripTrailing() + "\n...\n");
                return PolicyFile.read(file, known);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
