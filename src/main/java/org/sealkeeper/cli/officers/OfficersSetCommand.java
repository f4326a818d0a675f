package org.sealkeeper.cli.officers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.ceremony.ChangeText;
import org.sealkeeper.ceremony.Officers;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.keys.provisioning.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has others approve changes. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = {
            "Have the officers of a file approve changes from now on. The first ones are set by one operator alone, once;",
            "others are a change that the officers in force approve: use --request."
        },
        footer = {
            "",
            "Exit codes: 0 in force, or requested, 2 refused, 3 the store failed.",
            "",
            "Examples:",
            "  sealkeeper officers set -f officers.yaml --config appliance.yaml",
            "  sealkeeper officers set -f officers.yaml --config appliance.yaml --request requests/"
        })
final class OfficersSetCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The officers, and how many of them each kind of change needs.")
    Path file;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        Officers officers = Officers.parse(file, ConfigFile.text(file));
        var change = new Change.ChangeOfficers(officers.text());
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(change), json);
            } else {
                administration.change(change);
                tell(officers, change);
            }
        }
        return ExitCode.OK;
    }

    private void tell(Officers officers, Change change) {
        var out = spec.commandLine().getOut();
        if (!json) {
            out.println(ChangeText.of(change));
            out.println("In force: SHA-256 " + officers.digest());
            return;
        }
        var members = new LinkedHashMap<String, Object>();
        members.put("officers", officers.digest());
        members.put("outcome", "in force");
        out.println(JsonResult.of(members));
    }
}
