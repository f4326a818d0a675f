package org.sealkeeper.cli.devpki;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.PemFiles;
import org.sealkeeper.kernel.RecipientName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sealkeeper dev-pki}. */
@Command(
        name = "dev-pki",
        description = {
            "Make a certification authority, its revocation list, a server certificate and client certificates FOR "
                    + "DEVELOPMENT ONLY.",
            "",
            "The authority's private key lies unprotected in the folder: whoever reads it can be any caller. Never let an "
                    + "appliance that holds real keys trust it.",
            "",
            "What is there already is checked and kept; only what is missing is issued, for one year.",
            "",
            "A browser takes a client's certificate and key from a PKCS#12 file: --p12 makes it, and its password."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 the folder is complete; 2 it holds a file that is unusable, or the command line is wrong; 3 the disk",
            "failed.",
            "",
            "Example:",
            "  sealkeeper dev-pki --out pki",
            "  sealkeeper dev-pki --out pki --p12 auditor",
            "  sealkeeper dev-pki --out pki --revoke node-b",
            "  curl --cacert pki/ca.pem --cert pki/node-a.pem --key pki/node-a.key https://localhost:8443/v1/chains"
        })
public final class DevPkiCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder; made where it is missing.")
    Path folder;

    @Option(
            names = "--client",
            paramLabel = "NAME=URI",
            description =
                    "A client certificate to issue: the name of its files, and the URI that is the caller's identity. "
                            + "May be repeated. Without it: node-a, node-b, lab-a, clinician-a and auditor.")
    Map<String, URI> clients = standardClients();

    @Option(
            names = "--recipient",
            paramLabel = "NAME",
            description = "A recipient of data keys, whose RSA key pair goes into recipient-NAME. May be repeated.")
    List<RecipientName> recipients = List.of();

    @Option(
            names = "--p12",
            paramLabel = "NAME",
            description =
                    "A client whose certificate and key go into NAME.p12, too, to import into a browser; the password is in "
                            + "NAME.password. May be repeated.")
    List<String> browsers = List.of();

    @Option(
            names = "--revoke",
            paramLabel = "NAME",
            description = "Revoke the certificate of this name: crl.pem lists it from now on. May be repeated.")
    List<String> revoked = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        requireClients(browsers);
        InstantSource clock = InstantSource.system();
        var random = new SecureRandom();
        var files = new PemFiles(folder);
        var entries = new DevelopmentPki(folder, clock, random).complete(wanted());
        var browserFiles = new BrowserFiles(files, random).complete(browsers);
        var revocations = new DevelopmentRevocations(files, clock).complete(revoked);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper()
                    .writeValueAsString(Map.of(
                            "certificates",
                            entries.stream().map(DevPkiCommand::result).toList(),
                            "browserFiles",
                            browserFiles.stream().map(DevPkiCommand::result).toList(),
                            "revocations",
                            Map.of("file", revocations.file().toString(), "issuedNow", revocations.issuedNow()))));
        } else {
            entries.forEach(entry -> print(out, entry.issuedNow(), entry.certificate()));
            browserFiles.forEach(entry -> print(out, entry.issuedNow(), entry.file()));
            print(out, revocations.issuedNow(), revocations.file());
        }
        spec.commandLine().getErr().println("sealkeeper: these certificates are for development only");
        return ExitCode.OK;
    }

    public static Map<String, URI> standardClients() {
        var clients = new LinkedHashMap<String, URI>();
        clients.put("node-a", URI.create("urn:sealkeeper:node:node-a"));
        clients.put("node-b", URI.create("urn:sealkeeper:node:node-b"));
        clients.put("lab-a", URI.create("urn:sealkeeper:lab:lab-a"));
        clients.put("clinician-a", URI.create("urn:sealkeeper:clinician:clinician-a"));
        clients.put("auditor", URI.create("urn:sealkeeper:auditor:auditor"));
        return clients;
    }

    /** The key of the authority or of the server belongs in no browser. */
    private void requireClients(List<String> names) {
        for (String name : names) {
            if (!clients.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--p12: expected a client, one of " + String.join(", ", clients.keySet()) + ", found '" + name
                                + "'");
            }
        }
    }

    private static void print(PrintWriter out, boolean issuedNow, Path file) {
        out.printf("%-8s %s%n", issuedNow ? "issued" : "kept", file);
    }

    private List<DevelopmentCertificate> wanted() {
        List<DevelopmentCertificate> wanted = new ArrayList<>();
        wanted.add(DevelopmentCertificate.server());
        try {
            clients.forEach((name, identity) -> wanted.add(DevelopmentCertificate.client(name, identity)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--client: " + e.getMessage(), e);
        }
        recipients.stream().map(DevelopmentCertificate::recipient).forEach(wanted::add);
        return wanted;
    }

    private static Map<String, Object> result(DevelopmentPki.Entry entry) {
        var result = new LinkedHashMap<String, Object>();
        result.put("name", entry.name());
        result.put("certificate", entry.certificate().toString());
        result.put("key", entry.key().toString());
        result.put("issuedNow", entry.issuedNow());
        return result;
    }

    private static Map<String, Object> result(BrowserFiles.Entry entry) {
        var result = new LinkedHashMap<String, Object>();
        result.put("name", entry.name());
        result.put("file", entry.file().toString());
        result.put("passwordFile", entry.password().toString());
        result.put("issuedNow", entry.issuedNow());
        return result;
    }
}
