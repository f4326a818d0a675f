package org.sealkeeper.cli.record;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.connection.ApplianceOptions;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.envelope.emergency.Justification;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.sealing.ApplianceClient;
import org.sealkeeper.sealing.RecordSealer;
import org.sealkeeper.sealing.SealedRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens a sealed record. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = {
            "Open a sealed record: have its data key released to you, and decrypt it here.",
            "The release is recorded in the appliance's audit log, with your purpose."
        },
        footer = {
            "",
            "Exit codes: 0 opened, 1 the appliance refused, or the record was altered, 2 wrong usage or unreadable input,",
            "3 the appliance cannot be asked, or the disk failed: nothing is left of the record.",
            "",
            "Example:",
            "  sealkeeper record open report.sealed --out report.json --purpose TREAT \\",
            "      --recipient clinician-a --recipient-key recipient-clinician-a.key \\",
            "      --url https://host:8443 --cert clinician-a.pem --key clinician-a.key --ca ca.pem"
        })
final class RecordOpenCommand implements Callable<Integer> {
    private static final int MOST_BYTES = 2 * RecordSealCommand.MOST_BYTES;

    @Parameters(paramLabel = "FILE", description = "The sealed record; - for standard input.")
    Path file;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The record, readable by you alone.")
    OutputFile out;

    @Option(
            names = "--purpose",
            required = true,
            paramLabel = "CODE",
            description = "Why you need it: a code of HL7's v3-PurposeOfUse, such as TREAT.")
    Purpose purpose;

    @Option(
            names = "--justification",
            paramLabel = "TEXT",
            description = "Why it is an emergency; for ETREAT, ERTREAT and BTG. It is kept, and reviewed.")
    Optional<Justification> justification = Optional.empty();

    @Mixin
    RecipientOptions recipient;

    @Mixin
    ApplianceOptions appliance;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        SealedRecord sealed = sealed();
        byte[] content;
        try (ApplianceClient client = appliance.open()) {
            content = new RecordSealer(client, recipient.read())
                    .open(sealed, purpose.code(), justification.map(Justification::text));
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("sealkeeper: " + file + ": " + e.getMessage());
            return ExitCode.INVALID;
        }
        out.write(content);
        spec.commandLine().getOut().println(json ? json(content) : out + ": opened, " + content.length + " bytes");
        return ExitCode.OK;
    }

    private SealedRecord sealed() {
        try {
            return SealedRecord.parse(InputFile.bytes(file, MOST_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }

    private String json(byte[] content) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("opened", true);
        members.put("file", out);
        members.put("bytes", (long) content.length);
        return JsonResult.of(members);
    }
}
