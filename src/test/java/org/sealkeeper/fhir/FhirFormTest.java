package org.sealkeeper.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.merkle.Origin;

/** What arrives of a leaf. */
class FhirFormTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What is said of people, or by them, stays in the log. */
    private static final Set<LeafField> KEPT = Set.of(LeafField.CLAIMS, LeafField.JUSTIFICATION);

    private static JsonNode event(FhirRelease release, LoggedLeaf leaf) throws Exception {
        return JSON.readTree(release.auditEvent(leaf).json());
    }

    private static List<String> texts(JsonNode node) {
        return node.isValueNode()
                ? List.of(node.asText())
                : StreamSupport.stream(node.spliterator(), false)
                        .flatMap(child -> texts(child).stream())
                        .toList();
    }

    private static LoggedLeaf leaf(Operation operation, Outcome outcome) {
        return TellableLeaves.all().stream()
                .filter(leaf -> leaf.operation() == operation && leaf.outcome() == outcome)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void everyMemberOfEveryKindOfLeafArrivesButClaimsAndJustifications(FhirRelease release) throws Exception {
        for (LoggedLeaf leaf : TellableLeaves.all()) {
            String whole = String.join(" ", texts(event(release, leaf)));
            for (LeafField field : LeafField.values()) {
                leaf.leaf().value(field).ifPresent(value -> {
                    String said = value.toString();
                    if (KEPT.contains(field)) {
                        assertThat(whole).as(field + " of " + leaf.operation()).doesNotContain(said);
                    } else if (field != LeafField.VERSION) {
                        assertThat(whole).as(field + " of " + leaf.operation()).contains(said);
                    }
                });
            }
            assertThat(whole).contains(leaf.hash().base64(), "lab-a.example/sealkeeper#" + leaf.index());
        }
    }

    @ParameterizedTest
    @EnumSource
    void exactlyOneOfTheAgentsAsked(FhirRelease release) throws Exception {
        for (LoggedLeaf leaf : TellableLeaves.all()) {
            assertThat(event(release, leaf).get("agent"))
                    .filteredOn(agent -> agent.get("requestor").asBoolean())
                    .hasSize(1);
        }
    }

    @Test
    void anEmergencyIsAnOverrideThatBeginsAndEnds() throws Exception {
        JsonNode begun = event(FhirRelease.R4, leaf(Operation.BEGIN_EMERGENCY_ACCESS, Outcome.DONE));
        assertThat(begun.at("/type/code").asText()).isEqualTo("110113");
        assertThat(begun.at("/subtype/1/code").asText()).isEqualTo("110127");
        assertThat(begun.at("/purposeOfEvent/0/coding/0/code").asText()).isEqualTo("BTG");
        JsonNode ended = event(FhirRelease.R4, leaf(Operation.END_EMERGENCY_ACCESS, Outcome.DONE));
        assertThat(ended.at("/subtype/1/code").asText()).isEqualTo("110138");
    }

    @Test
    void whatWasRefusedIsAnAlertAndSaysWhy() throws Exception {
        JsonNode refused = event(FhirRelease.R4, leaf(Operation.UNWRAP_DATA_KEY, Outcome.REFUSED));
        assertThat(refused.at("/type/display").asText()).isEqualTo("Security Alert");
        assertThat(refused.at("/outcome").asText()).isEqualTo("4");
        assertThat(refused.at("/outcomeDesc").asText()).isEqualTo("refused: forbidden");
        assertThat(refused.get("subtype"))
                .extracting(code -> code.get("code").asText())
                .contains("decrypt", "refused");
    }

    @Test
    void theSameLeafHasTheSameIdAndNoOtherHasIt() {
        LoggedLeaf leaf = TellableLeaves.all().getFirst();
        var ofAnotherLog = LoggedLeaf.of(new Origin("lab-b.example/sealkeeper"), leaf.index(), leaf.leaf());
        assertThat(leaf.id()).matches("[0-9a-f]{32}-0").isNotEqualTo(ofAnotherLog.id());
        assertThat(TellableLeaves.all()).extracting(LoggedLeaf::id).doesNotHaveDuplicates();
        assertThat(LoggedLeaf.of(leaf.log(), Long.MAX_VALUE, leaf.leaf()).id()).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void aLeafThatOnlyANewerVersionKnowsIsNotTold() {
        String known = new String(TellableLeaves.all().getFirst().leaf().entry(), UTF_8);
        for (String unknown : List.of(
                known.replaceFirst("\"operation\":\"[^\"]*\"", "\"operation\":\"read-runes\""),
                known.replaceFirst("\"outcome\":\"[^\"]*\"", "\"outcome\":\"dreamt\""),
                known.replace("\"v\":1}", "\"v\":2}"))) {
            assertThat(unknown).isNotEqualTo(known);
            RecordedLeaf leaf = RecordedLeaf.parse(unknown.getBytes(UTF_8));
            assertThatThrownBy(() -> LoggedLeaf.of(TellableLeaves.LOG, 3, leaf))
                    .hasMessageContaining("only a newer version can tell leaf 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBlockHasItsSignatureAndWhatABatchNeedsBesideIt(FhirRelease release) throws Exception {
        for (SignedBlock block : TellableLeaves.blocks()) {
            JsonNode provenance = JSON.readTree(release.provenance(block).json());
            assertThat(provenance.at("/signature/0/data").binaryValue())
                    .isEqualTo(block.jws().getBytes(UTF_8));
            assertThat(provenance.at("/target/0/identifier/value").asText())
                    .isEqualTo("lab-a/" + block.height().value());
            assertThat(provenance.at("/contained/0/content/0/attachment/data").binaryValue())
                    .isEqualTo(block.batched().map(json -> json.getBytes(UTF_8)).orElse(null));
        }
    }

    /** What no FHIR server can take would hold up the feed. */
    @Test
    void whatOthersChoseIsMadeFit() {
        assertThat(Party.named("a\u0007b\u200B\uFFFF\uD83E\uDE7A").value())
                .isEqualTo("a\uFFFDb\u200B\uFFFD\uD83E\uDE7A");
        assertThat(Party.named("  ").value()).isEqualTo("\uFFFD");
        assertThat(Party.named("CN=a b").system()).isEmpty();
        assertThat(Party.named("urn:a:b c").system()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void thePublishedCodesAreThoseOfTheProgram(FhirRelease release) throws Exception {
        assertThat(codes(release, "operation"))
                .isEqualTo(Stream.of(Operation.values()).map(Operation::text).collect(Collectors.toSet()));
        assertThat(codes(release, "outcome"))
                .isEqualTo(Stream.of(Outcome.values()).map(Outcome::text).collect(Collectors.toSet()));
    }

    private static Set<String> codes(FhirRelease release, String system) throws Exception {
        Path file = Published.folder(release).resolve("CodeSystem-" + system + ".json");
        return StreamSupport.stream(JSON.readTree(file.toFile()).get("concept").spliterator(), false)
                .map(concept -> concept.get("code").asText())
                .collect(Collectors.toSet());
    }
}
