package org.sealkeeper.cli.catalogue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.sealkeeper.ceremony.catalogue.Catalogue;
import org.sealkeeper.cli.audit.TrustOptions;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges the file of a catalogue, offline, and shows what is in it. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Judge the file of a catalogue offline, and show what is in it: the log, whose keys you have, has its digest.",
            "Officers compare that digest with the one in the request that asks for it to be taken."
        },
        footer = {
            "",
            "Exit codes: 0 valid, 1 not what the appliance of that log wrote, 2 wrong usage or unreadable input.",
            "",
            "Example:",
            "  sealkeeper catalogue verify catalogue.json --vkeys audit.vkeys"
        })
final class CatalogueVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The catalogue.")
    Path file;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue catalogue = CatalogueFiles.judged(file, trust.judge()).catalogue();
        var out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("valid", true);
            members.put("catalogue", catalogue.digest());
            members.put("log", catalogue.log());
            members.put("at", catalogue.at());
            members.put("rows", catalogue.words());
            out.println(JsonResult.of(members));
        } else {
            catalogue.words().forEach(out::println);
            out.println("VALID: catalogue " + catalogue.digest() + " of " + catalogue.log() + ", " + catalogue.at());
        }
        return ExitCode.OK;
    }
}
