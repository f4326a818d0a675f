package org.sealkeeper.cli.keys;

import java.util.Optional;
import java.util.concurrent.Callable;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.encoding.Pem;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks an authority for a certificate of a key that signs. */
@Command(
        name = "csr",
        mixinStandardHelpOptions = true,
        description = {
            "Write a certificate request (PKCS#10, RFC 2986) for a key that signs to standard output, in PEM. The key signs it",
            "inside the token. Changes nothing; may run beside a running service."
        },
        footer = {
            "",
            "Exit codes: 0 written, 2 refused, 3 the token or the store failed.",
            "",
            "Example:",
            "  sealkeeper keys csr --config appliance.yaml --alias lab-a-blocks --subject 'CN=Lab A blocks,O=Lab A' > lab-a.csr"
        })
final class KeysCsrCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The key.")
    KeyAlias alias;

    @Option(names = "--version-number", paramLabel = "N", description = "The version. Default: the newest.")
    Optional<Count> version = Optional.empty();

    @Option(names = "--token", paramLabel = "LABEL", description = "The token, where the key has a pair in several.")
    Optional<TokenLabel> token = Optional.empty();

    @Option(
            names = "--subject",
            paramLabel = "DN",
            description = "The subject (RFC 2253). Default: that of the present certificate.")
    @Nullable
    String subject;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Optional<X500Principal> name = Optional.ofNullable(subject).map(KeysCsrCommand::name);
        try (var administration = KeyAdministration.open(config.read());
                Tokens tokens = administration.tokens()) {
            byte[] request = administration
                    .signingKeyCertificates(tokens)
                    .request(alias, version.map(Count::value), token, name);
            spec.commandLine().getOut().print(Pem.of("CERTIFICATE REQUEST", request));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }

    private static X500Principal name(String text) {
        try {
            return new X500Principal(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault("--subject: expected a name of RFC 2253, such as CN=Lab A blocks,O=Lab A", e);
        }
    }
}
