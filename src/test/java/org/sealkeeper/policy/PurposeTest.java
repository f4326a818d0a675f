package org.sealkeeper.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HL7's purposes of use, and which covers which. */
class PurposeTest {
    private static final Map<String, String> PARENTS = PurposeTable.parents();

    @Test
    void theTableHasAllConceptsOfTheValueSet() {
        assertThat(PARENTS).hasSize(63);
    }

    @Test
    void everyParentIsInTheTableAndOnlyTheRootHasNone() {
        assertThat(PARENTS.values().stream().filter(parent -> !parent.isEmpty()))
                .allMatch(PARENTS::containsKey);
        assertThat(PARENTS.entrySet().stream()
                        .filter(entry -> entry.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .containsExactly("PurposeOfUse");
    }

    @Test
    void everyWayUpEndsAtTheRoot() {
        for (String code : PARENTS.keySet()) {
            Set<String> seen = new HashSet<>();
            String at = code;
            while (!at.equals("PurposeOfUse")) {
                assertThat(seen.add(at)).as("a circle at %s", at).isTrue();
                at = PARENTS.get(at);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PurposeOfUse, TREAT HPAYMT HOPERAT HRESCH HMARKT PUBHLTH PATRQT",
        "TREAT, CLINTRL COC ETREAT POPHLTH",
        "ETREAT, BTG ERTREAT",
        "HOPERAT, HCOMPL HLEGAL HQUALIMP HSYSADMIN PATADMIN PATSFTY RECORDMGT SYSDEV TRAIN",
        "SYSDEV, HTEST",
        "HPAYMT, CLMATTCH COVAUTH COVERAGE REMITADV",
        "HRESCH, BIORCH CLINTRCH DSRCH POARCH TRANSRCH",
        "PATRQT, FAMRQT PWATRNY SUPNWK",
        "PUBHLTH, DISASTER THREAT"
    })
    void theHierarchyIsTheOneOfHl7(String parent, String children) {
        assertThat(children.split(" ", -1))
                .allSatisfy(child -> assertThat(PARENTS).containsEntry(child, parent));
    }

    @ParameterizedTest
    @CsvSource({
        "TREAT, TREAT, true, true",
        "TREAT, COC, true, true",
        "COC, TREAT, false, false",
        "TREAT, BTG, true, false",
        "TREAT, ETREAT, true, false",
        "TREAT, ERTREAT, true, false",
        "PurposeOfUse, HTEST, true, true",
        "PurposeOfUse, BTG, true, false",
        "ETREAT, BTG, true, true",
        "ETREAT, ERTREAT, true, true",
        "BTG, BTG, true, true",
        "BTG, ETREAT, false, false",
        "BTG, ERTREAT, false, false",
        "HOPERAT, TREAT, false, false"
    })
    void aPurposeAllowsWhatItCoversButEmergenciesByNameOnly(
            String wide, String narrow, boolean covers, boolean allows) {
        assertThat(new Purpose(wide).covers(new Purpose(narrow))).isEqualTo(covers);
        assertThat(new Purpose(wide).allows(new Purpose(narrow))).isEqualTo(allows);
    }

    @ParameterizedTest
    @CsvSource({"treat", "''", "OVRER", "XTREAT"})
    void aCodeThatIsNoPurposeOfUseIsRefused(String code) {
        assertThatThrownBy(() -> new Purpose(code)).isInstanceOf(IllegalArgumentException.class);
    }
}
