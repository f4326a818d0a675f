package org.sealkeeper.cli.rewrapwindow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.OfficerPins;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.RewrapWindows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets data keys move to another version of their key. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = {
            "Let data keys move from one version of a key-encryption key to the active one, by a transit key in the token.",
            "While a window is open, whoever steals the user PIN and the use of the token can take data keys out of it",
            "(docs/threat-model.md): keep it short, watch it, and close it. Needs the security officer's PIN,",
            "of each token that has the version that data keys leave.",
            "May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 open, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper rewrap-window open --config appliance.yaml --alias patient-data --from 1 --to 2 --so-pin-file so.pin"
        })
final class RewrapWindowOpenCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key-encryption key.")
    KeyAlias alias;

    @Option(names = "--from", required = true, paramLabel = "N", description = "The version that data keys leave.")
    Count from;

    @Option(names = "--to", required = true, paramLabel = "N", description = "The version they get: the active one.")
    Count to;

    @Mixin
    OfficerPins pins;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        try (var administration = KeyAdministration.open(appliance)) {
            RewrapWindows windows = administration.rewrapWindows();
            List<TokenLabel> moving = windows.tokens(alias, from.value(), to.value(), administration.labels());
            if (request.isAsked()) {
                var change = new Change.OpenRewrapWindow(alias, from.value(), to.value());
                request.write(appliance, administration, List.of(change), json);
                return ExitCode.OK;
            }
            pins.require(moving, administration.labels());
            Optional<RewrapWindows.HalfOpen> opening = begin(windows, administration);
            opening.ifPresent(halfOpen -> finish(windows, halfOpen, administration, moving));
            print(opening.isPresent() ? "opened" : "unchanged");
        }
        return ExitCode.OK;
    }

    private Optional<RewrapWindows.HalfOpen> begin(RewrapWindows windows, KeyAdministration administration) {
        try (Tokens tokens = administration.tokens()) {
            return windows.begin(alias, from.value(), to.value(), tokens);
        }
    }

    /** The users are logged out by now: a token lets one of the two into a process. */
    private void finish(
            RewrapWindows windows,
            RewrapWindows.HalfOpen opening,
            KeyAdministration administration,
            List<TokenLabel> moving) {
        try (var officers = administration.officers(pins, moving)) {
            windows.finish(opening, officers.all());
        }
    }

    private void print(String outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("alias", alias);
        members.put("from", (long) from.value());
        members.put("to", (long) to.value());
        members.put("outcome", outcome);
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? JsonResult.of(members)
                                : "%s from version %d to %d: %s".formatted(alias, from.value(), to.value(), outcome));
    }
}
