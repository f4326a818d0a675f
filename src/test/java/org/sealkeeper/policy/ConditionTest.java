package org.sealkeeper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions fail closed, cost little, and complain at the right place. */
class ConditionTest {
    private static final String REQUEST =
            "cert=urn:n iss=https://i sub=me claim.n=3 claim.groups=a+b claim.on=true op=sign-block chain=lab-a height=7";

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            caller.id == "urn:n"                                      ; MATCHES
            caller.id == "urn:m"                                      ; CONDITION_FALSE
            caller.authentication == "certificate+token"              ; MATCHES
            caller.issuer == "https://i" && caller.subject == "me"    ; MATCHES
            caller.claims.n == 3 && caller.claims["n"] < 4            ; MATCHES
            "a" in caller.claims.groups                               ; MATCHES
            "c" in caller.claims.groups                               ; CONDITION_FALSE
            caller.claims.groups.exists(g, g.startsWith("b"))         ; MATCHES
            caller.claims.on                                          ; MATCHES
            has(caller.claims.missing)                                ; CONDITION_FALSE
            has(caller.claims.n) && caller.claims.n > 2               ; MATCHES
            request.operation == "sign-block" && request.chain == "lab-a" ; MATCHES
            request.height == 7                                       ; MATCHES
            request.key == "" && request.purpose == "" && request.recipient == "" ; MATCHES
            now == timestamp("2026-01-31T12:00:00Z")                  ; MATCHES
            now < timestamp("2026-01-31T12:00:00Z")                   ; CONDITION_FALSE
            now.getDayOfWeek("UTC") == 6                              ; MATCHES
            now.getHours("Europe/Berlin") == 13                       ; MATCHES
            now.getHours("Nowhere/City") == 13                        ; CONDITION_FAILED
            1 / (request.height - 7) == 1                             ; CONDITION_FAILED
            1 % (request.height - 7) == 1                             ; CONDITION_FAILED
            9223372036854775807 + request.height > 0                  ; CONDITION_FAILED
            caller.claims.missing == "x"                              ; CONDITION_FAILED
            caller.claims["missing"]                                  ; CONDITION_FAILED
            caller.claims.n                                           ; CONDITION_FAILED
            caller.claims.groups                                      ; CONDITION_FAILED
            caller.claims.n.deeper == 1                               ; CONDITION_FAILED
            caller.claims.groups[2] == "c"                            ; CONDITION_FAILED
            int(caller.subject) == 1                                  ; CONDITION_FAILED
            caller.claims.missing == "x" || true                      ; MATCHES
            caller.claims.missing == "x" && false                     ; CONDITION_FALSE
            """)
    void aConditionThatIsNotTrueDoesNotGrantAndOneThatFailsDenies(String expression, Match expected) {
        Explanation granted = policy("grants", expression).explain(Asked.request(REQUEST));
        assertThat(granted.rules()).extracting(Explanation.RuleMatch::match).containsExactly(expected);
        assertThat(granted.verdict().isAllowed()).isEqualTo(expected == Match.MATCHES);
        assertThat(granted.rules().getFirst().failure().isPresent()).isEqualTo(expected == Match.CONDITION_FAILED);

        Verdict denied = policy("denials", expression).decide(Asked.request(REQUEST));
        assertThat(denied.rule()).isEqualTo(expected == Match.CONDITION_FALSE ? "default-deny" : "denials/it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            caller.name == "x"             ; 1 ; 1
            true && request.chian == "x"   ; 1 ; 9
            request.height == "7"          ; 1 ; 16
            true && caller.id > 3          ; 1 ; 19
            caller                         ; 1 ; 1
            foo(1)                         ; 1 ; 4
            request.height                 ; 1 ; 8
            "x"                            ; 1 ; 1
            true &&                        ; 1 ; 8
            caller.id = "x"                ; 1 ; 11
            caller.id.matches("a*")        ; 1 ; 1
            """)
    void whatCannotBeTrueOrFalseIsRefusedAtItsColumn(String expression, int line, int column) {
        assertThat(complaints(expression))
                .anySatisfy(complaint -> assertThat(List.of(complaint.line(), complaint.column()))
                        .as(complaint.message())
                        .isEqualTo(List.of(line, column)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "when: X",
                "when: 'X'",
                "when: \"X\"",
                "when: |\n        X",
                "when: |\n\n        true &&\n        X"
            })
    void aComplaintIsPlacedInTheFile(String field) {
        String text = text("grants", "true").replace("when: true", field.replace("X", "nobody == 3"));
        int line = (int) text.substring(0, text.indexOf("nobody")).lines().count();
        int column = text.indexOf("nobody") - text.lastIndexOf('\n', text.indexOf("nobody"));
        assertThat(PolicyText.mistakes(text, KnownNames.ANY))
                .singleElement()
                .asString()
                .startsWith(line + ":" + column + ": the condition is wrong: undeclared reference to 'nobody'");
    }

    @Test
    void aMisspeltVariableIsRefusedWithThoseThereAre() {
        assertThat(complaints("request.chian == 'lab-a'"))
                .singleElement()
                .extracting(Conditions.Complaint::message)
                .asString()
                .contains("request.chain", "caller.claims", "now");
    }

    @Test
    void aConditionMayBeSoLongAndNoLonger() {
        String longest = "true" + " ".repeat(Conditions.MAX_LENGTH - 4);
        assertThat(complaints(longest)).isEmpty();
        assertThat(complaints(longest + " "))
                .extracting(Conditions.Complaint::message)
                .containsExactly("expected a condition of at most 1024 characters, found 1025");
    }

    @Test
    void aConditionMayNotBeDeep() {
        assertThat(complaints("(".repeat(200) + "true" + ")".repeat(200))).isNotEmpty();
    }

    @Test
    void nestedComprehensionsAreStopped() {
        String list = "[0,1,2,3,4,5,6,7,8,9]";
        String expression =
                list + ".all(a, " + list + ".all(b, " + list + ".all(c, " + list + ".all(d, a+b+c+d >= 0))))";
        assertThat(policy("grants", expression).explain(Asked.request(REQUEST)).rules())
                .extracting(Explanation.RuleMatch::match)
                .containsExactly(Match.CONDITION_FAILED);
    }

    private static List<Conditions.Complaint> complaints(String expression) {
        return switch (new Conditions().compile(expression)) {
            case Conditions.Outcome.Compiled _ -> List.of();
            case Conditions.Outcome.Wrong(List<Conditions.Complaint> complaints) -> complaints;
        };
    }

    /** A policy that has the condition in a grant alone, or in a denial before a grant for all. */
    private static Policy policy(String rules, String expression) {
        return PolicyText.policy(text(rules, "'" + expression + "'"));
    }

    private static String text(String rules, String expression) {
        String rule = """
                  - name: it
                    roles: [all]
                    operations: [sign-block]
                    chains: ["*"]
                    when: EXPRESSION
                """.indent(2).replace("EXPRESSION", expression);
        String none = rules.equals("grants") ? "denials: []\n" : "grants: []\n";
        return "roles: {all: [{certificate: \"*\"}]}\n" + none + rules + ":\n" + rule;
    }
}
