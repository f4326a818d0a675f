package org.sealkeeper.cli.officers;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.ceremony.CeremonyRecords;
import org.sealkeeper.ceremony.ChangeText;
import org.sealkeeper.ceremony.Officers;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows who approves changes. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show the officers in force. Needs the store, not the token.",
        footer = {
            "",
            "Exit codes: 0 shown, also that there are none, 2 wrong usage or configuration, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper officers show --config appliance.yaml"
        })
final class OfficersShowCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try (Store store = Store.open(config.read().store())) {
            Optional<Officers> inForce = new CeremonyRecords(store).officers();
            spec.commandLine().getOut().println(json ? json(inForce) : text(inForce));
        }
        return ExitCode.OK;
    }

    private static String text(Optional<Officers> officers) {
        return officers.map(known -> ChangeText.of(new Change.ChangeOfficers(known.text()))
                        + "%nSHA-256 %s".formatted(known.digest()))
                .orElse("No officers: one operator alone changes keys.");
    }

    private static String json(Optional<Officers> officers) {
        var members = new LinkedHashMap<String, Object>();
        members.put("inForce", officers.isPresent());
        officers.ifPresent(known -> {
            members.put("officers", known.digest());
            members.put(
                    "names",
                    known.officers().stream()
                            .map(officer -> officer.name().value())
                            .toList());
        });
        return JsonResult.of(members);
    }
}
