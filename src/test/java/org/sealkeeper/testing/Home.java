package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.config.StoreLocation;

/**
 * The home of one appliance, provisioned with its own commands: development PKI, a fresh SoftHSM token, store, keys of all
 * four algorithms, and five chains.
 */
public final class Home {
    private static final Path PROFILE = FreshSoftHsm.PROFILE;

    private static final Pattern PORT = Pattern.compile("port: (\\d+)");

    private final Path folder;
    private final int port;
    private final int managementPort;

    private Home(Path folder) {
        this(folder, freePort(), freePort());
    }

    private Home(Path folder, int port, int managementPort) {
        this.folder = folder;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** The home that was provisioned in this folder before. */
    static Home in(Path folder) {
        Matcher port = PORT.matcher(new Home(folder, 0, 0).read("appliance.yaml"));
        return new Home(folder, next(port), next(port));
    }

    private static int next(Matcher port) {
        if (!port.find()) {
            throw new IllegalStateException("expected two ports in appliance.yaml");
        }
        return Integer.parseInt(port.group(1));
    }

    /**
     * A home in an empty folder, as the commands provision it. It is a copy of one they provisioned before, for they take seconds: two
     * such homes have the same keys and certificates, each in a token of its own.
     */
    public static Home provision(Path folder) {
        return Prepared.home().copyWithToken(folder);
    }

    /** Provisions a home in an empty folder, with keys that no other has. */
    public static Home provisionAnew(Path folder) {
        return provisionAnew(folder, KEYS);
    }

    /** As above, with the keys of this {@code keys.yaml} instead; its chains and policy are the caller's to write. */
    public static Home provisionAnew(Path folder, String keys) {
        return provisionAnew(folder, keys, "store/sealkeeper.db");
    }

    /** As above, with its store in a new database of this server. */
    public static Home provisionOn(PostgresServer server, Path folder) {
        return provisionAnew(folder, KEYS, AUDIT, address(server.newDatabase(folder), server, "a"), "init");
    }

    /** As above, for another appliance of the database that was made last, with a token, keys, certificates and a log of its own. */
    public static Home provisionBeside(PostgresServer server, Path folder, String appliance) {
        String audit = AUDIT.replaceFirst("origin: (\\S+)", "origin: $1-" + appliance);
        return provisionAnew(folder, KEYS, audit, address(server.sameDatabase(folder), server, appliance), "join");
    }

    private static String address(StoreLocation.Server database, PostgresServer server, String appliance) {
        return database + "?passwordFile=postgresql.password&certificateAuthorities=" + server.certificate()
                + "&state=state&appliance=" + appliance;
    }

    private static Home provisionAnew(Path folder, String keys, String store) {
        return provisionAnew(folder, keys, AUDIT, store, "init");
    }

    private static Home provisionAnew(Path folder, String keys, String audit, String store, String enter) {
        Home home = new Home(folder);
        home.useOwnTokens();
        home.write("appliance.yaml", home.applianceYaml().replace("store/sealkeeper.db", "'" + store + "'"));
        home.write("keys.yaml", keys);
        home.write("chains.yaml", CHAINS);
        home.write("audit.yaml", audit);
        home.write("policy.yaml", POLICY);
        home.write("issuers.yaml", "issuers: []\n");
        try {
            Files.createDirectories(folder.resolve("tokens"));
            Files.createDirectories(folder.resolve("pins"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        home.here("dev-pki", "--out", "@/pki").succeeded();
        home.configured("token", "init", "--so-pin-file", "@/pins/so.pin").succeeded();
        home.configured("store", enter).succeeded();
        home.configured("keys", "apply", "-f", "@/keys.yaml").succeeded();
        return home;
    }

    /**
     * A copy of this home as it is on disk at this moment, as a restored backup of its machine would be: with the same store, on other
     * ports, and with the same token.
     */
    public Home copy(Path to) {
        return copyFiles(file -> !file.startsWith(folder.resolve("tokens")), to);
    }

    /** As above, with a token of its own that has the same keys and memory. Nothing may run meanwhile. */
    public Home copyWithToken(Path to) {
        Home copy = copyFiles(_ -> true, to);
        copy.useOwnTokens();
        return copy;
    }

    private Home copyFiles(Predicate<Path> wanted, Path to) {
        Home copy = new Home(to);
        try {
            new FolderTree(folder).copy(wanted, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copy.write(
                "appliance.yaml",
                read("appliance.yaml")
                        .replace("port: " + port, "port: " + copy.port)
                        .replace("port: " + managementPort, "port: " + copy.managementPort));
        return copy;
    }

    private void useOwnTokens() {
        write("softhsm2.conf", "directories.tokendir = " + folder.resolve("tokens") + "\nlog.level = ERROR\n");
    }

    /** The store's folder. */
    public Path store() {
        return folder.resolve("store");
    }

    /** Puts a module before SoftHSM that makes it fail as a test asks, in every process that is started in this home or a copy of it. */
    public FaultyModule faultyToken() {
        FaultyModule module = FaultyModule.install(folder.resolve("faulty"));
        write("appliance.yaml", read("appliance.yaml").replace(PROFILE.toString(), "faulty/profile.yaml"));
        return module;
    }

    /**
     * Gives the appliance a second token, labelled {@code second}, with a pair of every key for signatures: behind a library of its own, which
     * fails as a test asks.
     */
    public FaultyModule secondToken() {
        FaultyModule module = FaultyModule.install(folder.resolve("second"));
        write(
                "appliance.yaml",
                read("appliance.yaml")
                        .replaceFirst(
                                "tokens: \\[(.*)]",
                                "tokens: [$1, {profile: second/profile.yaml, label: second, userPin: pins/second.pin}]"));
        configured("token", "init", "--label", "second", "--so-pin-file", "@/pins/second-so.pin")
                .succeeded();
        configured("keys", "apply", "-f", "@/keys.yaml").succeeded();
        return module;
    }

    /** The CKA_ID of the newest version of a key for signatures. */
    public String ckaId(String alias) {
        return here("keys", "list", "--json", "--config", "@/appliance.yaml")
                .succeeded()
                .out()
                .lines()
                .map(Blocks::json)
                .filter(key -> key.get("alias").asText().equals(alias))
                .map(key -> key.get("ckaId").asText())
                .reduce((_, newer) -> newer)
                .orElseThrow();
    }

    /** SoftHSM's, for another library. */
    private static String profile(Path module) {
        try {
            return Files.readString(PROFILE).replaceFirst("modules:\n(  - .*\n)*", "modules: [" + module + "]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the packaged command line in this home, as a process. */
    public Command sealkeeper(String... arguments) {
        return Command.sealkeeper(folder, arguments);
    }

    /** As {@link #here}, by the packaged command line. */
    public Command asProcess(String... words) {
        return sealkeeper(Stream.of(words)
                .map(word -> word.replaceFirst("^@/", folder + "/"))
                .toArray(String[]::new));
    }

    /**
     * Runs a command in this JVM, which takes a tenth of the time of a process. Words that begin with {@code @/} name files of this
     * home.
     */
    public Command here(String... words) {
        return CommandHere.run(folder, words);
    }

    /** As {@link #here}, a command that is given this home's appliance.yaml, and finds its tokens; without what a test has them do. */
    public Command configured(String... words) {
        try (var library = FreshSoftHsm.of(folder.resolve("softhsm2.conf"))) {
            write("profile-here.yaml", profile(library.path()));
            write("here.yaml", read("appliance.yaml").replaceAll("profile: [^,]+", "profile: profile-here.yaml"));
            return here(Stream.concat(Stream.of(words), Stream.of("--config", "@/here.yaml"))
                    .toArray(String[]::new));
        }
    }

    /** As {@link #configured}, a command that needs the security officer's PIN. */
    public Command asOfficer(String... words) {
        return configured(Stream.concat(Stream.of(words), Stream.of("--so-pin-file", "@/pins/so.pin"))
                .toArray(String[]::new));
    }

    /** Fetches the log of the running appliance into a folder of this home, and its keys into {@code audit.vkeys}, as an auditor. */
    public void fetchLog(String mirror) {
        fetchLog(mirror, this::here);
    }

    /** As {@link #fetchLog(String)}, by these commands: {@link #here}, or {@link #asProcess}. */
    public void fetchLog(String mirror, Function<String[], Command> commandLine) {
        String[] export = {"keys", "export", "--format", "vkeys", "--config", "@/appliance.yaml"};
        write("audit.vkeys", commandLine.apply(export).succeeded().out());
        String[] fetch = {
            "audit",
            "fetch",
            "--url",
            "https://localhost:" + port + "/v1/audit/",
            "--vkeys",
            "@/audit.vkeys",
            "--out",
            "@/" + mirror,
            "--ca",
            "@/pki/ca.pem",
            "--cert",
            "@/pki/auditor.pem",
            "--key",
            "@/pki/auditor.key"
        };
        commandLine.apply(fetch).succeeded();
    }

    /** Enrolls recipients of data keys; each one's RSA key is {@code pki/recipient-NAME.key}. */
    public void enroll(String... names) {
        List<String> pki = new ArrayList<>(List.of("dev-pki", "--out", "@/pki"));
        for (String name : names) {
            pki.addAll(List.of("--recipient", name));
        }
        here(pki.toArray(String[]::new)).succeeded();
        for (String name : names) {
            String certificate = "@/pki/recipient-" + name + ".pem";
            asOfficer("recipients", "enroll", "--name", name, "--certificate", certificate)
                    .succeeded();
        }
    }

    public Path folder() {
        return folder;
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    /** Writes a file of this home, replacing what was there. */
    public void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String applianceYaml() {
        return """
                api: {host: 127.0.0.1, port: %d}
                management: {host: 127.0.0.1, port: %d}
                tls: {certificate: pki/server.pem, key: pki/server.key, clientAuthorities: pki/ca.pem, revocations: pki/crl.pem}
                limits: {requestsPerSecond: 100000, burst: 100000, concurrentRequests: 10000}
                tokens: [{profile: %s, label: sealkeeper, userPin: pins/user.pin}]
                store: store/sealkeeper.db
                chains: chains.yaml
                audit: audit.yaml
                policy: policy.yaml
                alerts: {webhook: none}
                issuers: issuers.yaml
                """.formatted(port, managementPort, PROFILE);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String KEYS = """
            keys:
              - {alias: lab-a-blocks, purpose: block-signing, algorithm: ES256}
              - {alias: lab-b-blocks, purpose: block-signing, algorithm: ES256}
              - {alias: es384-blocks, purpose: block-signing, algorithm: ES384}
              - {alias: ps256-blocks, purpose: block-signing, algorithm: PS256}
              - {alias: eddsa-blocks, purpose: block-signing, algorithm: EdDSA}
              - {alias: audit-p256, purpose: audit-signing, algorithm: ES256}
              - {alias: audit-ed25519, purpose: audit-signing, algorithm: EdDSA}
            keyEncryptionKeys:
              - {alias: patient-data}
            """;

    private static final String AUDIT = """
            origin: lab-a.example/sealkeeper
            rollbackProtection: every-group
            leaseSeconds: 5
            witnesses: []
            peers: []
            """;

    private static final String CHAINS = """
            chains:
              - name: lab-a
                signingKey: lab-a-blocks
                hashLength: 32
                sequence: contiguous
                start: genesis
              - name: lab-b
                signingKey: lab-b-blocks
                hashLength: 32
                sequence: contiguous
                start: genesis
              - name: proposals
                signingKey: es384-blocks
                hashLength: 48
                sequence: increasing
                start: {height: 120, hash: "%s"}
              - name: pss
                signingKey: ps256-blocks
                hashLength: 32
                sequence: contiguous
                start: genesis
              - name: edwards
                signingKey: eddsa-blocks
                hashLength: 32
                sequence: contiguous
                start: genesis
            """.formatted("9".repeat(96));

    private static final String POLICY = """
            roles:
              node-a: [{certificate: "urn:sealkeeper:node:node-a"}]
              node-b: [{certificate: "urn:sealkeeper:node:node-b"}]
              auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
              everybody: [{certificate: "urn:sealkeeper:*"}]
            grants:
              - name: node-a
                roles: [node-a]
                operations: [sign-block, read-chain]
                chains: [lab-a, proposals, pss, edwards]
              - {name: node-b, roles: [node-b], operations: [sign-block, read-chain], chains: [lab-b]}
              - {name: auditors-read, roles: [auditors], operations: [read-chain], chains: [lab-a, lab-b]}
              - {name: auditors-audit, roles: [auditors], operations: [read-audit-log]}
              - {name: directory, roles: [everybody], operations: [read-keys, verify-signature]}
            denials: []
            separationExceptions: []
            ...
            """;
}
