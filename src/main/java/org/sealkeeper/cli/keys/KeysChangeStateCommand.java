package org.sealkeeper.cli.keys;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.provisioning.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a version of a key that signs into another state. */
@Command(
        name = "change-state",
        mixinStandardHelpOptions = true,
        description = {
            "Bring a version of a key that signs into another state (NIST SP 800-57 part 1, section 7).",
            "",
            "  active       it signs, if it was suspended or prepared",
            "  suspended    it signs nothing until it is active again",
            "  deactivated  it signs no more; what it signed stays valid",
            "  compromised  it signs no more, and what it signed from --since on is to be doubted",
            "",
            "Beside a running service, which takes it within seconds. Where no version of a chain's key is active, its blocks",
            "are refused with key-inactive. Nothing leads back from deactivated, compromised or destroyed."
        },
        footer = {
            "",
            "Exit codes: 0 it is in that state, 2 refused, 3 the token or the store failed.",
            "",
            "Example:",
            "  sealkeeper keys change-state --config appliance.yaml --alias audit --version-number 1 --to deactivated",
            "  sealkeeper keys change-state --config appliance.yaml --alias lab-a-blocks --version-number 1 --to compromised \\",
            "      --since 2026-11-20T08:00:00Z"
        })
final class KeysChangeStateCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key.")
    KeyAlias alias;

    @Option(names = "--version-number", required = true, paramLabel = "N", description = "The version.")
    Count version;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "STATE",
            description = "active, suspended, deactivated or compromised.")
    String to;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Since when it is compromised, such as 2026-11-20T08:00:00Z. Default: now.")
    @Nullable
    Instant since;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Change.ChangeKeyState change = change();
        ApplianceFile appliance = config.read();
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(change), json);
            } else {
                make(change, administration);
            }
        }
        return ExitCode.OK;
    }

    private Change.ChangeKeyState change() {
        KeyState state = Optional.ofNullable(KeyState.byText().get(to))
                .filter(Change.ChangeKeyState.TO::contains)
                .orElseThrow(() -> new ConfigurationFault(
                        "--to: expected active, suspended, deactivated or compromised, found " + to));
        boolean isCompromised = state == KeyState.COMPROMISED;
        if (since != null && !isCompromised) {
            throw new ConfigurationFault("--since says since when a key is compromised; found it with --to " + to);
        }
        Instant from = (since == null ? Instant.now() : since).truncatedTo(ChronoUnit.MILLIS);
        return new Change.ChangeKeyState(
                alias, version.value(), state, isCompromised ? Optional.of(from) : Optional.empty());
    }

    private void make(Change.ChangeKeyState change, KeyAdministration administration) {
        try (Tokens tokens = administration.tokens()) {
            for (CataloguedKey key : administration.signingKeyStates(tokens).change(change)) {
                spec.commandLine().getOut().println(json ? JsonResult.of(KeyText.members(key)) : KeyText.line(key));
            }
        }
    }
}
