package org.sealkeeper.fhir;

import static org.sealkeeper.fhir.Coding.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * One that took part in an event, as IHE's Basic Audit Log Patterns have them: the client, the user behind it, and the server.
 *
 * @param policies by which it was decided what the agent may do, and the id of its token: URIs
 */
record Agent(Coding type, Party who, boolean isRequestor, List<String> policies) {
    private static final Coding SOURCE = dicom("110153", "Source Role ID");
    private static final Coding DESTINATION = dicom("110152", "Destination Role ID");
    private static final Coding APPLICATION = dicom("110150", "Application");
    private static final Coding USER = participation("IRCP", "information recipient");
    private static final Coding RECIPIENT = participation("PRCP", "primary information recipient");

    private static Coding participation(String code, String display) {
        return Coding.hl7("v3-ParticipationType", code, display);
    }

    /** Those of a leaf; exactly one is the requestor, and the last one is the appliance. */
    static List<Agent> of(LoggedLeaf logged) {
        RecordedLeaf leaf = logged.leaf();
        boolean isReading = EventKind.of(logged.operation()).action() == Action.READ || logged.isRelease();
        List<Agent> agents = new ArrayList<>();
        client(leaf, isReading ? DESTINATION : SOURCE).ifPresent(agents::add);
        user(leaf).ifPresent(agents::add);
        if (leaf.text(LeafField.RECIPIENT_KEY).isEmpty()) {
            leaf.text(LeafField.RECIPIENT)
                    .map(name -> new Agent(RECIPIENT, Party.own("recipient", name, name), false, List.of()))
                    .ifPresent(agents::add);
        }
        boolean isAlone = leaf.says(LeafField.AUTHENTICATION, "appliance");
        String log = logged.log().value();
        Coding role = isAlone ? APPLICATION : isReading ? SOURCE : DESTINATION;
        agents.add(new Agent(role, Party.own("log", log, log), isAlone, List.of()));
        return agents;
    }

    /** The program that called: known by its certificate, by the operator's account, or not at all. */
    private static Optional<Agent> client(RecordedLeaf leaf, Coding role) {
        String authentication = leaf.text(LeafField.AUTHENTICATION).orElse("none");
        return switch (authentication) {
            case "appliance", "token" -> Optional.empty();
            case "client-certificate", "client-certificate+token" ->
                leaf.text(LeafField.CALLER).map(caller -> {
                    boolean isUser = leaf.text(LeafField.SUBJECT).isPresent();
                    return new Agent(role, Party.named(caller), !isUser, policies(leaf));
                });
            default ->
                Optional.of(
                        new Agent(role, Party.own("authentication", authentication, authentication), true, List.of()));
        };
    }

    private static Optional<Agent> user(RecordedLeaf leaf) {
        return leaf.text(LeafField.SUBJECT).map(subject -> {
            List<String> policies = new ArrayList<>(policies(leaf));
            leaf.text(LeafField.TOKEN_ID)
                    .map(id -> "urn:ietf:params:oauth:jti:" + id)
                    .filter(Party::isUri)
                    .ifPresent(policies::add);
            return new Agent(USER, new Party(leaf.text(LeafField.ISSUER), subject, subject), true, policies);
        });
    }

    private static List<String> policies(RecordedLeaf leaf) {
        return leaf.text(LeafField.POLICY).map(digest -> Coding.own("policy:" + digest)).stream()
                .toList();
    }
}
