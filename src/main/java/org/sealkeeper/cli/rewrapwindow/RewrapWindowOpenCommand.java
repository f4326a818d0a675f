package org.sealkeeper.cli.rewrapwindow;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.keys.KeyAdministration;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.kernel.KeyAlias;
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
            "(docs/threat-model.md): keep it short, watch it, and close it. Needs the security officer's PIN.",
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

    @Option(
            names = "--so-pin-file",
            required = true,
            paramLabel = "FILE",
            description = "The security officer's PIN. It is tried once; keep it away from the appliance.")
    Path soPin;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try (var administration = KeyAdministration.open(config.read())) {
            RewrapWindows windows = administration.rewrapWindows();
            Optional<RewrapWindows.HalfOpen> opening = begin(windows, administration);
            opening.ifPresent(halfOpen -> finish(windows, halfOpen, administration));
            print(opening.isPresent() ? "opened" : "unchanged");
        }
        return ExitCode.OK;
    }

    private Optional<RewrapWindows.HalfOpen> begin(RewrapWindows windows, KeyAdministration administration) {
        try (Hsm hsm = administration.token()) {
            return windows.begin(alias, from.value(), to.value(), hsm);
        }
    }

    /** The user is logged out by now: the token lets one of the two into a process. */
    private void finish(RewrapWindows windows, RewrapWindows.HalfOpen opening, KeyAdministration administration) {
        try (var officer = administration.securityOfficer(soPin)) {
            windows.finish(opening, officer);
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
