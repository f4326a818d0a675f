package org.sealkeeper.cli.record;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.connection.ApplianceOptions;
import org.sealkeeper.cli.console.Digest;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.sealing.ApplianceClient;
import org.sealkeeper.sealing.RecordSealer;
import org.sealkeeper.sealing.SealedRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Encrypts a record under a data key of its own. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        description = {
            "Encrypt a record with AES-256-GCM, as a JWE, under a fresh data key that the appliance's HSM makes.",
            "The sealed record holds the data key wrapped: only the appliance can release it, to recipients it knows."
        },
        footer = {
            "",
            "Exit codes: 0 sealed, 1 the appliance refused, or this is not the recipient's key, 2 wrong usage or unreadable",
            "input, 3 the appliance cannot be asked, or the disk failed.",
            "",
            "Example:",
            "  sealkeeper record seal report.json --out report.sealed --data-key patient-data --context report=2026-0001 \\",
            "      --recipient lab-a --recipient-key recipient-lab-a.key \\",
            "      --url https://host:8443 --cert lab-a.pem --key lab-a.key --ca ca.pem"
        })
final class RecordSealCommand implements Callable<Integer> {
    static final int MOST_BYTES = 64 << 20;

    @Parameters(paramLabel = "FILE", description = "The record; - for standard input. At most 64 MiB.")
    Path file;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The sealed record.")
    OutputFile out;

    @Option(
            names = "--data-key",
            required = true,
            paramLabel = "ALIAS",
            description = "The key-encryption key under which the data key rests.")
    KeyAlias dataKey;

    @Option(
            names = "--context",
            required = true,
            paramLabel = "NAME=VALUE",
            description = "What tells this record from every other, such as its id. May be repeated.")
    Map<String, String> context;

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
        Context bound = context();
        byte[] content = InputFile.bytes(file, MOST_BYTES);
        try (ApplianceClient client = appliance.open()) {
            SealedRecord sealed = new RecordSealer(client, recipient.read()).seal(content, dataKey, bound);
            byte[] stored = sealed.json();
            out.write(stored);
            spec.commandLine().getOut().println(json ? json(stored) : text(stored));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("sealkeeper: " + e.getMessage());
            return ExitCode.INVALID;
        }
    }

    private Context context() {
        try {
            return Context.of(context);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault("--context: " + e.getMessage(), e);
        }
    }

    private String text(byte[] stored) {
        return out + ": sealed; SHA-256 " + Digest.sha256(stored);
    }

    private String json(byte[] stored) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("sealed", true);
        members.put("file", out);
        members.put("sha256", Digest.sha256(stored));
        return JsonResult.of(members);
    }
}
