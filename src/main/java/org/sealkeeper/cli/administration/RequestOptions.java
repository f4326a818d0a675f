package org.sealkeeper.cli.administration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.ceremony.Basis;
import org.sealkeeper.ceremony.ChangeText;
import org.sealkeeper.ceremony.Officers;
import org.sealkeeper.ceremony.Request;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.keys.provisioning.Change;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command takes that may ask for a change instead of making it. */
public final class RequestOptions {
    private static final int NONCE_BYTES = 16;

    @Option(
            names = "--request",
            paramLabel = "FOLDER",
            description = "Change nothing: write a request for the change into this folder, for officers to approve.")
    @Nullable
    Path folder;

    @Option(
            names = "--requested-by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who asks for it, for those who approve it. Default: the user of this machine.")
    String requestedBy;

    @Option(
            names = "--valid-hours",
            paramLabel = "N",
            defaultValue = "72",
            description = "How long it may be executed. Default: ${DEFAULT-VALUE}.")
    Count validHours;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /** Whether the command is to ask for its change, not to make it. */
    public boolean isAsked() {
        return folder != null;
    }

    /** Asks for these changes of the appliance: writes the request, and says what it says. */
    public void write(ApplianceFile appliance, KeyAdministration administration, List<Change> changes, boolean json) {
        Path into = Objects.requireNonNull(folder);
        if (!Files.isDirectory(into)) {
            throw new ConfigurationFault("--request: expected a folder, found none: " + into);
        }
        Request request = request(appliance, administration, changes);
        Path file = into.resolve(request.digest().substring(0, 16) + ".request");
        new OutputFile(file).write(request.bytes());
        tell(request, file, json);
    }

    private Request request(ApplianceFile appliance, KeyAdministration administration, List<Change> changes) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        Basis basis = new TokensNow(administration).basis();
        try {
            return new Request(
                    AuditFile.read(appliance.audit()).origin().value(),
                    requestedBy,
                    now,
                    now.plus(Duration.ofHours(validHours.value())),
                    HexFormat.of().formatHex(nonce),
                    administration.ceremonies().officers().map(Officers::digest),
                    basis,
                    changes);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault("no request can be made: " + e.getMessage(), e);
        }
    }

    private void tell(Request request, Path file, boolean json) {
        var out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("request", request.digest());
            members.put("file", file);
            out.println(JsonResult.of(members));
            return;
        }
        request.changes().forEach(change -> out.println(ChangeText.of(change)));
        out.println("Request " + request.digest());
        out.println("written to " + file);
    }
}
