package org.sealkeeper.cli.catalogue;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.PublishedLog;
import org.sealkeeper.ceremony.catalogue.CatalogueExport;
import org.sealkeeper.ceremony.catalogue.CatalogueFile;
import org.sealkeeper.cli.administration.RunningAppliance;
import org.sealkeeper.cli.administration.StoppedAppliance;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the catalogue into a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write what the store knows of keys (public halves, states, certificates, where they are in which token), recipients,",
            "rewrap windows, officers, and of what these approved, into one file. It has no secret and no patient data. A leaf of the",
            "audit log has its digest, and a checkpoint that the token signed proves that leaf: a change of the file is noticed.",
            "Run it after each change of keys, and keep the file, and the log's vkeys, on another machine.",
            "Beside a running appliance, or while it is stopped."
        },
        footer = {
            "",
            "Exit codes: 0 written, 2 wrong usage or configuration, 3 the token, the store or the disk failed: run it again.",
            "",
            "Example:",
            "  sealkeeper catalogue export --out catalogue.json --config appliance.yaml"
        })
final class CatalogueExportCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    OutputFile out;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    private record Logged(CatalogueExport exported, PublishedLog log) {
        CatalogueFile file() {
            return new CatalogueFile(
                    exported.catalogue(), log.proven(exported.leaf()).orElseThrow());
        }
    }

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        CatalogueFile file;
        try (Store store = Store.open(appliance.store())) {
            file = exported(appliance, store).file();
        }
        out.write(readable(file));
        tell(file);
        return ExitCode.OK;
    }

    /** A file that cannot be read is found out now, not when the host is lost. */
    private static byte[] readable(CatalogueFile file) {
        byte[] bytes = file.bytes();
        if (bytes.length > CatalogueFile.MAX_BYTES) {
            throw new ConfigurationFault("expected a catalogue of at most " + CatalogueFile.MAX_BYTES
                    + " bytes, found one of " + bytes.length + ": nothing was written");
        }
        CatalogueFile _ = CatalogueFile.parse(bytes);
        return bytes;
    }

    /** While it runs, the appliance itself signs for the leaf; else this command does, with the lease of the keys. */
    private static Logged exported(ApplianceFile appliance, Store store) {
        AuditFile audit = AuditFile.read(appliance.audit());
        Optional<ServingLock> lock = ServingLock.tryTake(appliance.store());
        if (lock.isEmpty()) {
            CatalogueExport exported = export(audit, store);
            return new Logged(
                    exported, new RunningAppliance(store).published(exported.leaf(), "the catalogue was read"));
        }
        try (var _ = lock.get();
                var stopped = StoppedAppliance.open(appliance, audit, store)) {
            CatalogueExport exported = export(audit, store);
            return new Logged(exported, stopped.publish());
        }
    }

    private static CatalogueExport export(AuditFile audit, Store store) {
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
        return CatalogueExport.of(store, audit.origin().value(), now);
    }

    private void tell(CatalogueFile file) {
        var told = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("catalogue", file.catalogue().digest());
            members.put("log", file.catalogue().log());
            file.catalogue().tables().forEach((table, rows) -> members.put(table.member(), (long) rows.size()));
            told.println(JsonResult.of(members));
        } else {
            file.catalogue().words().forEach(told::println);
            told.println("Catalogue " + file.catalogue().digest() + " of "
                    + file.catalogue().log() + " in " + out);
        }
    }
}
