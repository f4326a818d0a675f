package org.sealkeeper.cli.keys;

import java.io.PrintWriter;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.encoding.Pem;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.Jwks;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.KeyStateLines;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the public halves of keys for verifiers. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write the public halves of keys to standard output. Needs the store, not the token.",
            "",
            "  pem   the certificates of each key, its own first (RFC 7468)",
            "  jwks  one JWK Set (RFC 7517) of the keys that sign blocks, as the service publishes it; name others by --alias",
            "  states  one JSON object a line for each key that signs blocks: its state, and since when it is compromised",
            "  x5c   one JSON object: key id to certificate chain, base64 of DER (RFC 7517 section 4.7)",
            "  vkeys one line for each active key of the audit log (C2SP signed-note), under its name in audit.yaml",
            "  go-vkeys  only those of type 1, Ed25519: Go's golang.org/x/mod/sumdb/note reads no others"
        },
        footer = {
            "",
            "Exit codes: 0 written, 2 wrong usage or configuration, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper keys export --config appliance.yaml --format jwks > jwks.json"
        })
final class KeysExportCommand implements Callable<Integer> {
    /** In what form. */
    enum Format {
        PEM,
        JWKS,
        STATES,
        X5C,
        VKEYS,
        GO_VKEYS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Mixin
    ConfigOption config;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "pem, jwks, states, x5c, vkeys or go-vkeys.")
    Format format;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "Only the versions of this key; may be repeated.")
    Set<KeyAlias> aliases = Set.of();

    @Option(
            names = "--newest",
            description = "Only the newest active version of each key: for those who change over to it while two sign.")
    boolean newest;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ApplianceFile appliance = config.read();
        try (Store store = Store.open(appliance.store())) {
            List<CataloguedKey> all =
                    chosen(KeyCatalogue.open(store, appliance.tokenLabels()).keys());
            List<CataloguedKey> keys = newest ? newest(all) : all;
            switch (format) {
                case PEM -> keys.forEach(key -> out.print(pem(key)));
                case JWKS -> out.println(aliases.isEmpty() ? Jwks.ofBlocks(keys) : Jwks.of(keys));
                case STATES -> out.print(KeyStateLines.ofBlocks(keys));
                case X5C -> out.println(x5c(keys));
                case VKEYS -> vkeys(keys, appliance).forEach(out::println);
                case GO_VKEYS ->
                    vkeys(keys, appliance)
                            .filter(key -> key.algorithm() == NoteAlgorithm.ED25519)
                            .forEach(out::println);
            }
            out.flush();
        }
        return ExitCode.OK;
    }

    private static Stream<VerifierKey> vkeys(List<CataloguedKey> keys, ApplianceFile appliance) {
        return LogKeys.verifiers(active(keys), AuditFile.read(appliance.audit()).origin()).stream();
    }

    private List<CataloguedKey> chosen(List<CataloguedKey> keys) {
        for (KeyAlias alias : aliases) {
            if (keys.stream().noneMatch(key -> key.alias().equals(alias))) {
                throw new ConfigurationFault(
                        "there is no key '" + alias + "'; 'sealkeeper keys list' shows those there are");
            }
        }
        return aliases.isEmpty()
                ? keys
                : keys.stream().filter(key -> aliases.contains(key.alias())).toList();
    }

    private static List<CataloguedKey> newest(List<CataloguedKey> keys) {
        List<CataloguedKey> active = active(keys);
        return active.stream()
                .filter(key -> active.stream()
                        .noneMatch(other -> other.alias().equals(key.alias()) && other.version() > key.version()))
                .toList();
    }

    /** An auditor's tool insists on a signature of every key it is given. */
    private static List<CataloguedKey> active(List<CataloguedKey> keys) {
        return keys.stream().filter(key -> key.state() == KeyState.ACTIVE).toList();
    }

    private static String pem(CataloguedKey key) {
        return key.chain().stream()
                .map(certificate -> Pem.of("CERTIFICATE", der(certificate)))
                .collect(Collectors.joining());
    }

    private static String x5c(List<CataloguedKey> keys) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        keys.forEach(key -> members.put(
                key.keyId().value(),
                key.chain().stream()
                        .map(certificate -> Base64.getEncoder().encodeToString(der(certificate)))
                        .toList()));
        return JsonResult.of(members);
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of the catalogue cannot be encoded", e);
        }
    }
}
