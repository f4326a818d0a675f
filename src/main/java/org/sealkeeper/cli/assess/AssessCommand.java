package org.sealkeeper.cli.assess;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.assessment.Examination;
import org.sealkeeper.assessment.Report;
import org.sealkeeper.assessment.Severity;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.LeafProgress;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Assesses an appliance. */
@Command(
        name = "assess",
        mixinStandardHelpOptions = true,
        description = {
            "Look at an appliance as an assessor would: TLS, modes of files, PINs, the policy and what became of it, cryptoperiods,",
            "checkpoints and witnesses, emergencies, backups, versions, the clock. Each finding says what was expected and found,",
            "which safeguard it touches (45 CFR part 164, NIST SP 800-57), and the remedy. What could not be looked at is said, too.",
            "Reads files and the store, and needs no token. Beside a running appliance, or while it is stopped; as its user."
        },
        footer = {
            "",
            "Exit codes: 0 nothing of the minimum severity or above, 1 such findings, or something that could not be checked,",
            "2 wrong usage, or appliance.yaml cannot be read, 3 the report could not be written or recorded.",
            "",
            "Examples:",
            "  sealkeeper assess -f keys.yaml --config appliance.yaml",
            "  sealkeeper assess -f keys.yaml --minimum high --json --record --config appliance.yaml > assessment.json"
        })
public final class AssessCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The declared keys, keys.yaml: their cryptoperiods are judged by it.")
    Optional<Path> keys = Optional.empty();

    @Option(
            names = "--minimum",
            paramLabel = "SEVERITY",
            description = "high, medium or low: findings below it do not count for the exit code. Default: low.")
    Severity minimum = Severity.LOW;

    @Option(names = "--json", description = "Print the report as one line of JSON.")
    boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report as a page that needs nothing else, too.")
    Optional<OutputFile> html = Optional.empty();

    @Option(
            names = "--bom",
            paramLabel = "FILE",
            description = "Write the libraries as a CycloneDX 1.6 bill of materials.")
    Optional<OutputFile> bom = Optional.empty();

    @Option(
            names = "--record",
            description = "Append a leaf to the audit log that has the SHA-256 of what --json prints.")
    boolean record;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
        ApplianceFile appliance = config.read();
        KeysFile declared = keys.map(KeysFile::read).orElse(KeysFile.EMPTY);
        Report report = report(appliance, declared, now);
        html.ifPresent(file -> file.write(ReportHtml.of(report).getBytes(UTF_8)));
        bom.ifPresent(file -> file.write(BillOfMaterials.of(report.version(), Libraries.ofThisProgram())));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(ReportJson.line(report));
        } else {
            new ReportText(Ansi.AUTO.enabled()).lines(report).forEach(out::println);
        }
        out.flush();
        if (record) {
            tellRecorded(appliance, report, now);
        }
        return report.isGood(minimum) ? ExitCode.OK : ExitCode.INVALID;
    }

    private Report report(ApplianceFile appliance, KeysFile declared, Instant now) {
        var examination = new Examination(now);
        var progress = new LeafProgress(spec.commandLine().getErr(), System::nanoTime);
        new FileInspection(appliance, config.path()).judgedBy(examination);
        new RuntimeInspection(appliance).judgedBy(examination);
        try (var store = new OpenedStore(appliance.store())) {
            new StoreInspection(appliance, store, declared, progress).judgedBy(examination);
        }
        return examination.report(
                spec.root().version()[0],
                Libraries.ofThisProgram().stream().map(Library::text).toList());
    }

    /** Beside the appliance, as every command does: its next checkpoint has the leaf. What is on standard output stays what was recorded. */
    private void tellRecorded(ApplianceFile appliance, Report report, Instant now) {
        String digest = ReportJson.digest(report);
        Leaf leaf = Leaf.ofCommand(now, Operation.ASSESS_APPLIANCE, new Subject.Whole());
        Leaf named = leaf.decidedBy(new Decision(true, leaf.decision().rule(), Optional.of(digest)));
        try (Store store = Store.open(appliance.store())) {
            long index = store.commit(rows -> new Leaves(rows).append(named));
            spec.commandLine().getErr().println("recorded: leaf " + index + " has the SHA-256 " + digest);
        }
    }
}
