package org.sealkeeper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.identity.BearerToken;

/** What holds for every policy. */
class PolicyTest {
    private static final String ROLES = "roles: {all: [{certificate: \"urn:*\"}]}\n";

    @Test
    void anEmptyPolicyAllowsNothing() {
        Policy empty = PolicyText.policy("roles: {}\ngrants: []\ndenials: []\n");
        assertThat(empty.decide(Asked.request("cert=urn:n op=read-keys")))
                .isEqualTo(new Verdict(false, "default-deny"));
    }

    @Test
    void theFirstGrantOfTheFileNamesItself() {
        Policy policy = PolicyText.policy(ROLES + """
                grants:
                  - {name: second-by-name, roles: [all], operations: [read-keys]}
                  - {name: a-first-by-name, roles: [all], operations: [read-keys]}
                denials: []
                """);
        assertThat(policy.decide(Asked.request("cert=urn:n op=read-keys")).rule())
                .isEqualTo("grants/second-by-name");
    }

    @Test
    void aDenialOfEverythingWithASelectorIsAboutWhatItSelects() {
        Policy policy = PolicyText.policy(ROLES + """
                grants:
                  - {name: all, roles: [all], operations: [read-keys, read-chain], chains: ["*"]}
                denials:
                  - {name: frozen, roles: [all], operations: ["*"], chains: [lab-a]}
                """);
        assertThat(policy.decide(Asked.request("cert=urn:n op=read-keys")).isAllowed())
                .isTrue();
        assertThat(policy.decide(Asked.request("cert=urn:n op=read-chain chain=lab-b"))
                        .isAllowed())
                .isTrue();
        assertThat(policy.decide(Asked.request("cert=urn:n op=read-chain chain=lab-a")))
                .isEqualTo(new Verdict(false, "denials/frozen"));
    }

    @Test
    void anEmergencyIsNotGrantedByTheRootOfAllPurposes() {
        Policy policy = PolicyText.policy(ROLES + """
                grants:
                  - {name: any, roles: [all], operations: [unwrap-data-key], keys: ["*"], purposes: [PurposeOfUse]}
                denials: []
                """);
        assertThat(policy.decide(Asked.request("cert=urn:n op=unwrap-data-key key=k for=HTEST"))
                        .isAllowed())
                .isTrue();
        assertThat(policy.decide(Asked.request("cert=urn:n op=unwrap-data-key key=k for=BTG"))
                        .isAllowed())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "op=sign-block",
                "op=read-chain",
                "op=unwrap-data-key for=TREAT",
                "op=sign-block chain=a for=TREAT"
            })
    void aRequestThatIsNotWholeIsRefused(String request) {
        assertThatThrownBy(() -> Asked.request("cert=urn:n " + request)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestWithoutACallerIsRefused() {
        assertThatThrownBy(() -> Asked.request("op=read-keys")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void claimsAreCopied() {
        Map<String, Object> claims = new HashMap<>(Map.of("groups", new ArrayList<>(List.of("a"))));
        var token = new BearerToken("https://i", "me", Optional.empty(), claims);
        claims.put("role", "auditor");
        ((List<?>) claims.get("groups")).clear();
        assertThat(token.claims()).isEqualTo(Map.of("groups", List.of("a")));
    }

    @Test
    void manyThreadsGetTheDecisionsThatOneGets() throws Exception {
        Policy policy = PolicyText.policy(PolicyText.HOSPITAL);
        List<PolicyRequest> requests = DecisionTableTest.requests();
        List<Verdict> expected = requests.stream().map(policy::decide).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<List<Verdict>> all =
                    () -> requests.stream().map(policy::decide).collect(Collectors.toList());
            List<Callable<List<Verdict>>> rounds = Collections.nCopies(64, all);
            for (Future<List<Verdict>> round : threads.invokeAll(rounds)) {
                assertThat(round.get()).isEqualTo(expected);
            }
        }
    }
}
