package org.sealkeeper.cli.token;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.OfficerPins;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenDescription;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.hsm.trial.OfficerTrial;
import org.sealkeeper.hsm.trial.TokenTrials;
import org.sealkeeper.hsm.trial.Trial;
import org.sealkeeper.hsm.trial.Trial.Verdict;
import org.sealkeeper.kernel.TokenLabel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries what a token can and cannot do against what Sealkeeper needs. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Try what a token can and cannot do against what Sealkeeper needs: a verdict for each promise, and how fast it is.",
            "Makes keys and objects for that, which it destroys again; touches no other. Needs the store and the user PIN, and may",
            "run beside a running service. With the security officer's PIN it tries that officer's part, too."
        },
        footer = {
            "",
            "Of each promise: kept, BROKEN (use the token for nothing that needs it), not tried (the profile does not ask for it),",
            "UNKNOWN (the token failed meanwhile, or answered as if it had).",
            "",
            "Exit codes: 0 none is broken, 1 one is broken or unknown, 2 wrong usage or configuration, 3 the token or the store",
            "failed.",
            "",
            "Example:",
            "  sealkeeper token inspect --config appliance.yaml"
        })
final class TokenInspectCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--label", paramLabel = "LABEL", description = "The token, where the appliance has several.")
    Optional<TokenLabel> label = Optional.empty();

    @Mixin
    OfficerPins pins;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        TokenLabel wanted = DeclaredToken.of(appliance, label).label();
        List<Trial> trials;
        TokenDescription description;
        try (var administration = KeyAdministration.open(appliance)) {
            description = administration.description(wanted);
            try (Tokens tokens = administration.tokens()) {
                Hsm token = tokens.requireUsed(List.of(wanted)).getFirst();
                spec.commandLine().getErr().println("token '" + wanted + "': trying it, for some seconds");
                trials = new TokenTrials(token, new SecureRandom()).run();
            }
            if (pins.areGiven()) {
                trials = withOfficer(trials, wanted, administration);
            }
        }
        print(wanted, description, trials);
        return trials.stream()
                        .anyMatch(trial -> trial.verdict() == Verdict.BROKEN || trial.verdict() == Verdict.UNKNOWN)
                ? ExitCode.INVALID
                : ExitCode.OK;
    }

    /** The user is logged out before the officer comes: a token lets one of the two into a process. */
    private List<Trial> withOfficer(List<Trial> trials, TokenLabel token, KeyAdministration administration) {
        try (var officers = administration.officers(pins, List.of(token))) {
            Trial officer = OfficerTrial.of(officers.all().getFirst());
            return trials.stream()
                    .map(trial -> trial.promise().equals(OfficerTrial.PROMISE) ? officer : trial)
                    .toList();
        }
    }

    private void print(TokenLabel token, TokenDescription description, List<Trial> trials) {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.println("token '%s': %s %s, firmware %s"
                    .formatted(token, description.manufacturer(), description.model(), description.firmwareVersion()));
        }
        trials.forEach(trial -> out.println(json ? json(token, trial) : text(trial)));
        out.flush();
    }

    private static String text(Trial trial) {
        return "%-9s  %s: %s".formatted(trial.verdict().text(), trial.promise(), trial.found());
    }

    private static String json(TokenLabel token, Trial trial) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("token", token.value());
        members.put("promise", trial.promise());
        members.put("verdict", trial.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put("found", trial.found());
        return JsonResult.of(members);
    }
}
