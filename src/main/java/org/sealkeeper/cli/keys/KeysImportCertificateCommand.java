package org.sealkeeper.cli.keys;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.administration.RequestOptions;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.pki.IssuedChain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts a certificate that an authority issued in the place of the one that a key has. */
@Command(
        name = "import-certificate",
        mixinStandardHelpOptions = true,
        description = {
            "Give a key that signs a certificate that an authority issued, in the place of the one it has: the first one, or a",
            "renewed one under the same key. The key is found by its public half; the path to a trusted authority is validated.",
            "A running service shows it in its JWK Set (x5c) within seconds. May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 it has this certificate, 2 refused, 3 the token or the store failed.",
            "",
            "Example:",
            "  sealkeeper keys import-certificate --config appliance.yaml --certificate lab-a.pem --authorities ca.pem"
        })
final class KeysImportCertificateCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = "--certificate",
            required = true,
            paramLabel = "FILE",
            description = "The certificate, and behind it those of the authorities between, PEM or DER.")
    Path certificate;

    @Option(
            names = "--authorities",
            required = true,
            paramLabel = "FILE",
            description = "The trusted authorities, PEM or DER.")
    Path authorities;

    @Option(
            names = "--revocations",
            paramLabel = "FILE",
            description = "Current revocation lists of the authorities, PEM or DER: what they revoked is refused.")
    Optional<Path> revocations = Optional.empty();

    @Mixin
    RequestOptions request;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        List<X509Certificate> chain = IssuedChain.read(
                InputFile.keyFile(certificate),
                InputFile.keyFile(authorities),
                revocations.map(InputFile::keyFile),
                Instant.now());
        ApplianceFile appliance = config.read();
        try (var administration = KeyAdministration.open(appliance)) {
            Change.CertifyKey change = change(administration, chain);
            if (request.isAsked()) {
                request.write(appliance, administration, List.of(change), json);
            } else {
                certify(administration, change);
            }
        }
        return ExitCode.OK;
    }

    private static Change.CertifyKey change(KeyAdministration administration, List<X509Certificate> chain) {
        try (Tokens tokens = administration.tokens()) {
            return administration.signingKeyCertificates(tokens).certification(chain);
        }
    }

    private void certify(KeyAdministration administration, Change.CertifyKey change) {
        try (Tokens tokens = administration.tokens()) {
            CataloguedKey key = administration.signingKeyCertificates(tokens).certify(change);
            spec.commandLine().getOut().println(json ? JsonResult.of(KeyText.members(key)) : KeyText.line(key));
        }
    }
}
