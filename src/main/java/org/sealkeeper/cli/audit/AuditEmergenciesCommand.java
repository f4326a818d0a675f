package org.sealkeeper.cli.audit;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.envelope.emergency.EmergencyReview;
import org.sealkeeper.envelope.emergency.Review;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows emergencies to their reviewers. */
@Command(
        name = "emergencies",
        mixinStandardHelpOptions = true,
        description = {
            "Show every emergency access, with its justification, to who reviews it. It may tell of a patient.",
            "Reads the appliance's store; the audit log has the digest of each justification, not its text.",
            "Needs no token, and no running appliance."
        },
        footer = {
            "",
            "Exit codes: 0 shown, 2 wrong usage, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper audit emergencies --config appliance.yaml"
        })
final class AuditEmergenciesCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print each as a line of JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Store store = Store.open(config.read().store())) {
            List<EmergencyReview> emergencies = EmergencyReview.all(store);
            for (EmergencyReview emergency : emergencies) {
                out.println(json ? json(emergency) : text(emergency));
            }
            if (emergencies.isEmpty() && !json) {
                out.println("no emergency yet");
            }
            return ExitCode.OK;
        }
    }

    private static String text(EmergencyReview emergency) {
        return "leaf %d: %s to %s, %s, key %s for %s%n  %s%n  %s"
                .formatted(
                        emergency.leaf(),
                        emergency.beganAt(),
                        emergency.endsAt(),
                        emergency.caller(),
                        emergency.key(),
                        emergency.purpose(),
                        emergency.justification().replaceAll("\\p{Cntrl}+", " "),
                        review(emergency));
    }

    /** The last one counts. */
    private static String review(EmergencyReview emergency) {
        if (emergency.reviews().isEmpty()) {
            return "not reviewed yet";
        }
        Review last = emergency.reviews().getLast();
        return "reviewed by %s at %s: %s (leaf %d)".formatted(last.caller(), last.at(), last.verdict(), last.leaf());
    }

    private static String json(EmergencyReview emergency) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("leaf", emergency.leaf());
        members.put("caller", emergency.caller());
        members.put("key", emergency.key().value());
        members.put("purpose", emergency.purpose());
        members.put("beganAt", emergency.beganAt());
        members.put("endsAt", emergency.endsAt());
        members.put("justification", emergency.justification());
        members.put("justificationDigest", emergency.digest());
        emergency.end().ifPresent(leaf -> members.put("endLeaf", leaf));
        members.put("reviews", (long) emergency.reviews().size());
        if (!emergency.reviews().isEmpty()) {
            members.put("verdict", emergency.reviews().getLast().verdict());
        }
        return JsonResult.of(members);
    }
}
