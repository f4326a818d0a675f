package org.sealkeeper.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.audit.Outcome;

/** FHIR 5.0.0. */
final class R5Form implements Form {

    @Override
    public Members auditEvent(AuditedEvent event) {
        List<Coding> categories = Stream.concat(
                        Stream.of(event.type()), event.subtypes().stream().skip(1))
                .toList();
        return new Members()
                .with("resourceType", "AuditEvent")
                .with("id", event.logged().id())
                .withAll("category", categories.stream().map(Members::concept).toList())
                .with("code", Members.concept(event.subtypes().getFirst()))
                .with("action", event.action().code())
                .with(
                        "occurredPeriod",
                        event.since()
                                .map(since -> new Members().with("start", since).with("end", event.recorded())))
                .with("recorded", event.recorded())
                .with("outcome", outcome(event))
                .withAll(
                        "authorization",
                        event.purpose().map(Members::purpose).stream().toList())
                .withAll("agent", event.agents().stream().map(R5Form::agent).toList())
                .with("source", source(event))
                .withAll("entity", event.entities().stream().map(R5Form::entity).toList());
    }

    private static Members outcome(AuditedEvent event) {
        Outcome outcome = event.logged().outcome();
        List<Members> details = new ArrayList<>(List.of(Members.concept(Coding.of(outcome))));
        event.reason().map(why -> new Members().with("text", why)).ifPresent(details::add);
        return new Members().with("code", Members.of(severity(outcome))).withAll("detail", details);
    }

    private static Coding severity(Outcome outcome) {
        return switch (outcome) {
            case BEGUN -> severity("information", "Information");
            case DONE, REPLAYED -> severity("success", "Operation Successful");
            case REFUSED -> severity("error", "Error");
            case FAILED -> severity("fatal", "Fatal");
        };
    }

    private static Coding severity(String code, String display) {
        return new Coding("http://hl7.org/fhir/issue-severity", code, display);
    }

    private static Members agent(Agent agent) {
        return new Members()
                .with("type", Members.concept(agent.type()))
                .with("who", Members.reference(agent.who()))
                .with("requestor", agent.isRequestor())
                .withAll("policy", agent.policies());
    }

    private static Members source(AuditedEvent event) {
        Party appliance = event.agents().getLast().who();
        return new Members()
                .with("observer", Members.reference(appliance))
                .withAll("type", List.of(Members.concept(Coding.hl7("security-source-type", "6", "Security Server"))));
    }

    private static Members entity(Entity entity) {
        List<Members> details = new ArrayList<>();
        entity.details()
                .forEach((name, value) -> details.add(new Members()
                        .with("type", new Members().with("text", name))
                        .with("valueString", value)));
        return new Members()
                .with("what", Members.reference(entity.what()))
                .with("role", Members.concept(entity.role().orElse(entity.type())))
                .withAll("detail", details);
    }
}
