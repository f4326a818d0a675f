package org.sealkeeper.cli.recipients;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.OfficerPins;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.keys.provisioning.ProvisionedRecipient;
import org.sealkeeper.keys.provisioning.Recipients;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the token trust a recipient's key. */
@Command(
        name = "enroll",
        mixinStandardHelpOptions = true,
        description = {
            "Have the token trust the key of a certificate, and the service release data keys to it under this name.",
            "Needs the security officer's PIN, of each token with key-encryption keys; a running service sees the recipient at",
            "once. The key must be RSA of 3072 bits or more. May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 enrolled, or was before, 2 refused, 3 the token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper recipients enroll --config appliance.yaml --name lab-a --certificate lab-a.pem --so-pin-file so.pin"
        })
final class RecipientsEnrollCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The recipient.")
    RecipientName name;

    @Option(
            names = "--certificate",
            required = true,
            paramLabel = "FILE",
            description = "An X.509 certificate of the recipient, PEM or DER.")
    Path certificate;

    @Mixin
    OfficerPins pins;

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        X509Certificate read = certificate();
        try (var administration = KeyAdministration.open(appliance)) {
            Recipients recipients = administration.recipients();
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(recipients.enrollment(name, read)), json);
                return ExitCode.OK;
            }
            try (var officers = administration.officers(pins, recipients.tokens(administration.labels()))) {
                ProvisionedRecipient done = recipients.enroll(name, read, officers.all());
                spec.commandLine().getOut().println(RecipientText.of(done, json));
            }
        }
        return ExitCode.OK;
    }

    /** Of a chain, its own is the first. */
    private X509Certificate certificate() {
        return InputFile.keyFile(certificate).certificates().getFirst();
    }
}
