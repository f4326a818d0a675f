package org.sealkeeper.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.InForce;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.Purpose;

/** Another policy comes into force at the worst moment: in the middle of each decision, where the clock is read. */
class DecisionsTest {
    private static final Caller NODE = Caller.of(new CallerId("urn:sealkeeper:node:node-a"));

    private static final String REFUSING = """
            roles: {nodes: [{certificate: "urn:sealkeeper:node:node-a"}]}
            grants: []
            denials: []
            separationExceptions: []
            ...
            """;
    private static final String LETTING = REFUSING.replace("grants: []\n", """
            emergency: {windowMinutes: 15}
            grants:
              - {name: chains, roles: [nodes], operations: [sign-block, read-chain], chains: [lab-a]}
              - {name: makes, roles: [nodes], operations: [generate-data-key], keys: [data]}
              - {name: opens, roles: [nodes], operations: [unwrap-data-key], keys: [data], purposes: [ETREAT]}
            """);

    @TempDir
    private Path folder;

    private String letting;

    private InForce<Policy> policy;
    private Decisions decisions;

    @BeforeEach
    void load() {
        write(true);
        policy = InForce.load(
                List.of(folder.resolve("policy.yaml")), files -> Policy.load(files.getFirst(), KnownNames.ANY));
        letting = policy.current().digest();
        decisions = new Decisions(policy, this::exchange);
    }

    /** One lets the node do everything, the other nothing. */
    private void write(boolean lets) {
        try {
            Files.writeString(folder.resolve("policy.yaml"), lets ? LETTING : REFUSING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Instant exchange() {
        write(!isLetting(policy.current().digest()));
        for (int look = 0; look < 2; look++) {
            policy.look(new InForce.Recorder<Policy>() {
                @Override
                public void taken(Policy changed, String digest) {}

                @Override
                public void rejected(ConfigurationFault fault) {
                    throw new AssertionError(fault);
                }
            });
        }
        return Instant.parse("2026-03-01T12:00:00Z");
    }

    private boolean isLetting(String digest) {
        return digest.equals(letting);
    }

    @Test
    void eachDecisionIsOfOnePolicyAsAWhole() {
        var chain = new ChainName("lab-a");
        var key = new KeyAlias("data");
        for (int round = 0; round < 4; round++) {
            assertOfOne(decisions.decide(NODE, PolicyOperation.READ_CHAIN, chain));
            assertOfOne(decisions.decide(NODE, PolicyOperation.SIGN_BLOCK, chain, new Height(1)));
            assertOfOne(decisions.decide(NODE, PolicyOperation.GENERATE_DATA_KEY, key, Optional.empty()));
            ReleaseDecision release =
                    decisions.decideRelease(NODE, key, new Purpose("ETREAT"), new RecipientName("clinic"));
            assertOfOne(release.decision());
            assertThat(release.emergencyWindow().isPresent()).isEqualTo(release.isAllowed());
        }
    }

    private void assertOfOne(Decision decision) {
        assertThat(decision.isAllowed()).isEqualTo(isLetting(decision.policy().orElseThrow()));
    }
}
