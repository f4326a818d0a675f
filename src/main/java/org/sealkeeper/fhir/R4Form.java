package org.sealkeeper.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Outcome;

/** FHIR 4.0.1. */
final class R4Form implements Form {

    @Override
    public Members auditEvent(AuditedEvent event) {
        Outcome outcome = event.logged().outcome();
        List<Coding> subtypes = new ArrayList<>(event.subtypes());
        subtypes.add(Coding.of(outcome));
        String described =
                outcome.text() + event.reason().map(why -> ": " + why).orElse("");
        return new Members()
                .with("resourceType", "AuditEvent")
                .with("id", event.logged().id())
                .with("type", Members.of(event.type()))
                .withAll("subtype", subtypes.stream().map(Members::of).toList())
                .with("action", event.action().code())
                .with(
                        "period",
                        event.since()
                                .map(since -> new Members().with("start", since).with("end", event.recorded())))
                .with("recorded", event.recorded())
                .with("outcome", code(outcome))
                .with("outcomeDesc", described)
                .withAll(
                        "purposeOfEvent",
                        event.purpose().map(Members::purpose).stream().toList())
                .withAll("agent", event.agents().stream().map(R4Form::agent).toList())
                .with("source", source(event))
                .withAll("entity", event.entities().stream().map(R4Form::entity).toList());
    }

    /** DICOM's EventOutcomeIndicator. What has but begun has none. */
    private static Optional<String> code(Outcome outcome) {
        return switch (outcome) {
            case BEGUN -> Optional.empty();
            case DONE, REPLAYED -> Optional.of("0");
            case REFUSED -> Optional.of("4");
            case FAILED -> Optional.of("8");
        };
    }

    private static Members agent(Agent agent) {
        return new Members()
                .with("type", Members.concept(agent.type()))
                .with("who", Members.reference(agent.who()))
                .with("name", agent.who().name())
                .with("requestor", agent.isRequestor())
                .withAll("policy", agent.policies());
    }

    private static Members source(AuditedEvent event) {
        Party appliance = event.agents().getLast().who();
        return new Members()
                .with("site", appliance.name())
                .with("observer", Members.reference(appliance))
                .withAll("type", List.of(Members.of(Coding.hl7("security-source-type", "6", "Security Server"))));
    }

    private static Members entity(Entity entity) {
        List<Members> details = new ArrayList<>();
        entity.details()
                .forEach((name, value) ->
                        details.add(new Members().with("type", name).with("valueString", value)));
        return new Members()
                .with("what", Members.reference(entity.what()))
                .with("type", Members.of(entity.type()))
                .with("role", entity.role().map(Members::of))
                .with("name", entity.what().name())
                .withAll("detail", details);
    }
}
