package org.sealkeeper.cli.catalogue;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.ceremony.catalogue.Catalogue;
import org.sealkeeper.ceremony.catalogue.CatalogueImport.Taken;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.audit.TrustOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.merkle.Origin;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes what the store lacks of a catalogue. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Take what this store lacks of a catalogue that 'catalogue export' wrote: after a backup of the store was restored, or",
            "into a new store where there is none. Keys, recipients, windows, officers and approvals that it does not know are added;",
            "those that it knows come into the later of both states. Nothing goes back to an earlier one, and nothing is removed.",
            "A catalogue that contradicts the store is refused as a whole. Afterwards compare with the tokens: sealkeeper plan."
        },
        footer = {
            "",
            "Exit codes: 0 taken (run again: nothing changed), 1 not what the appliance of that log wrote, 2 refused (nothing was",
            "changed), 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper catalogue import catalogue.json --vkeys audit.vkeys --config appliance.yaml"
        })
final class CatalogueImportCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Parameters(paramLabel = "FILE", description = "The catalogue.")
    Path file;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Option(
            names = "--of-log",
            paramLabel = "ORIGIN",
            description =
                    "The log that wrote it, where the log was given a new name since. Default: 'origin' of audit.yaml.")
    Optional<Origin> ofLog = Optional.empty();

    @Option(names = "--dry-run", description = "Change nothing: show what the store lacks.")
    boolean dryRun;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue catalogue = CatalogueFiles.judged(file, trust.judge()).catalogue();
        ApplianceFile appliance = config.read();
        requireOwn(catalogue, appliance);
        try (var administration = KeyAdministration.open(appliance)) {
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(new Change.ImportCatalogue(catalogue.digest())), json);
            } else if (dryRun) {
                tell(administration.catalogueImport().lacking(catalogue), catalogue);
            } else {
                tell(administration.catalogueImport().take(catalogue), catalogue);
            }
        }
        return ExitCode.OK;
    }

    /** Another appliance's keys are in other tokens, and its officers would approve changes here. */
    private void requireOwn(Catalogue catalogue, ApplianceFile appliance) {
        String expected = ofLog.orElseGet(
                        () -> AuditFile.read(appliance.audit()).origin())
                .value();
        if (!catalogue.log().equals(expected)) {
            throw new ConfigurationFault(file + ": expected a catalogue of the log " + expected + ", found one of "
                    + catalogue.log() + "; where this appliance's log had that name before, say so with --of-log");
        }
    }

    private void tell(List<Taken> taken, Catalogue catalogue) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("catalogue", catalogue.digest());
            members.put("log", catalogue.log());
            members.put("changed", !dryRun && !taken.isEmpty());
            members.put("rows", taken.stream().map(Taken::toString).toList());
            out.println(JsonResult.of(members));
        } else {
            taken.forEach(out::println);
            out.println((taken.isEmpty()
                            ? "The store lacks nothing of the catalogue "
                            : dryRun ? "The store lacks this of the catalogue " : "Taken from the catalogue ")
                    + catalogue.digest() + " of " + catalogue.log() + ", " + catalogue.at());
        }
    }
}
