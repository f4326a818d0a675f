package org.sealkeeper.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a JSON object of FHIR, in their order. FHIR has no empty lists and no nulls: what is not there is left out. */
final class Members {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> members = new LinkedHashMap<>();

    Members with(String name, Object value) {
        members.put(name, value instanceof Members inner ? inner.members : value);
        return this;
    }

    Members with(String name, Optional<?> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    Members withAll(String name, Collection<?> values) {
        List<Object> plain = values.stream()
                .<Object>map(value -> value instanceof Members inner ? inner.members : value)
                .toList();
        if (!plain.isEmpty()) {
            members.put(name, plain);
        }
        return this;
    }

    /** In one line. */
    String json() {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Members of(Coding coding) {
        return new Members()
                .with("system", coding.system())
                .with("code", coding.code())
                .with("display", coding.display());
    }

    /** A CodeableConcept. */
    static Members concept(Coding coding) {
        return new Members().withAll("coding", List.of(of(coding)));
    }

    /** A CodeableConcept of a purpose of use. */
    static Members purpose(String code) {
        Members coding = new Members()
                .with("system", "http://terminology.hl7.org/CodeSystem/v3-ActReason")
                .with("code", code);
        return new Members().withAll("coding", List.of(coding));
    }

    /** A reference to what has no resource. */
    static Members reference(Party party) {
        Members identifier = new Members().with("system", party.system()).with("value", party.value());
        return new Members().with("identifier", identifier).with("display", party.name());
    }
}
