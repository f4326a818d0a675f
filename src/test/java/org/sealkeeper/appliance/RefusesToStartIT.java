package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/** Whatever is not as declared keeps the appliance from starting, with one sentence that says where and what to do. */
class RefusesToStartIT {
    private static final String REFUSED = "sealkeeper: refused to start: ";
    private static final String FAILED = "sealkeeper: failed to start: ";

    @TempDir
    static Path folder;

    private static Home home;
    private static String chains;
    private static String appliance;
    private static String pin;

    @BeforeAll
    static void provision() {
        home = Home.provision(folder);
        chains = home.read("chains.yaml");
        appliance = home.read("appliance.yaml");
        pin = home.read("pins/user.pin");
        ApplianceProcess.start(home).close(); // what is refused below is what each test changes
    }

    @AfterEach
    void mend() throws IOException {
        home.write("chains.yaml", chains);
        home.write("appliance.yaml", appliance);
        home.write("pins/user.pin", pin);
        permit("rw-------");
    }

    /** What else may be wrong in it, {@code ChainsFileTest} tells. */
    @Test
    void aChainThatNamesNoKeyIsRefusedByItsLine() {
        home.write("chains.yaml", chains.replaceFirst("lab-b-blocks", "lab-c-blocks"));

        assertRefusal(folder + "/chains.yaml:8: expected the alias of a block-signing key, found 'lab-c-blocks';"
                + " 'sealkeeper keys list' shows the keys there are");
    }

    @Test
    void anUnknownFieldOfTheApplianceFileIsNamedByItsLine() {
        home.write("appliance.yaml", appliance + "insecure: true\n");

        assertRefusal(folder
                + "/appliance.yaml:12: unknown field 'insecure'; known here: alerts, api, audit, chains, fhir, issuers, keys, limits, management, policy,"
                + " store, tls, tokens");
    }

    @Test
    void aPinFileOthersMayReadIsRefused() throws IOException {
        permit("rw-r--r--");

        String file = folder + "/pins/user.pin";
        assertRefusal(file
                + ": expected a PIN file only its owner may read (rw-------), found rw-r--r--; run: chmod 600 " + file);
    }

    @Test
    void aWrongPinIsRefusedAfterOneTry() {
        home.write("pins/user.pin", "1234567\n");

        assertRefusal("the token 'sealkeeper' refused the PIN in " + folder
                + "/pins/user.pin (CKR_PIN_INCORRECT); it was tried once and will not be tried again: correct the file"
                + " first; where the token's PIN is to be corrected instead, do that and delete " + folder
                + "/store/sealkeeper.db.refused-pins-sealkeeper");
        assertRefusal("the token 'sealkeeper' refused the PIN in " + folder
                + "/pins/user.pin before; no login was tried: correct the file, or, where the token's PIN was corrected,"
                + " delete " + folder + "/store/sealkeeper.db.refused-pins-sealkeeper");
    }

    /** Exit code 3: what starts the appliance tries again. Other files that cannot be read, {@code FailedStartTest} has. */
    @Test
    void whatMayPassFailsTheStartAndDoesNotRefuseIt() throws IOException {
        home.write("appliance.yaml", appliance.replace("label: sealkeeper", "label: not-there-yet"));
        assertThat(failure(Map.of())).startsWith("expected exactly one token labelled 'not-there-yet', found none;");

        for (String file : List.of("chains.yaml", "policy.yaml")) {
            home.write("appliance.yaml", appliance.replace(" " + file, " /proc/self/mem")); // reading it fails
            assertThat(failure(Map.of())).startsWith("/proc/self/mem: cannot be read: Input/output error; ");
        }

        home.write("appliance.yaml", appliance);
        assertThat(failure(Map.of("SOFTHSM2_CONF", folder + "/none.conf")))
                .contains(": C_Initialize answered CKR_GENERAL_ERROR; see ");

        for (int port : new int[] {home.port(), home.managementPort()}) {
            try (var taken = new ServerSocket()) {
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                assertThat(failure(Map.of()))
                        .startsWith("cannot listen on " + (port == home.port() ? "port " + port : "the management port")
                                + " of appliance.yaml (Address already in use): another process listens there");
            }
        }
        home.write("appliance.yaml", appliance.replaceFirst("127.0.0.1", "203.0.113.7"));
        assertThat(failure(Map.of())).contains("this machine has no such address now;");
        home.write("appliance.yaml", appliance.replaceFirst("127.0.0.1", "no.such.host.invalid"));
        assertThat(failure(Map.of()))
                .contains("cannot listen: a host of appliance.yaml has no address now (no.such.host.invalid");
    }

    @Test
    void aMissingStoreIsNeverTakenForANewLedger() {
        home.write("appliance.yaml", appliance.replace("store/sealkeeper.db", "store/lost.db"));

        assertRefusal(
                folder + "/store/lost.db: expected a store, found none. If this appliance has never signed, create one"
                        + " with 'sealkeeper store init'; otherwise find out where the store went before you go on");
        assertThat(folder.resolve("store/lost.db")).doesNotExist();
    }

    @Test
    void keysThatAreNotInTheTokenAreNamed() {
        home.write(
                "appliance.yaml",
                appliance.replace("label: sealkeeper", "label: other").replace("user.pin", "other.pin"));
        home.configured("token", "init", "--so-pin-file", "@/pins/other-so.pin").succeeded();

        assertThat(refusal())
                .startsWith(
                        REFUSED + "key 'audit-ed25519' version 1 is in the token 'sealkeeper', which is none of this");
    }

    @Test
    void aMissingCertificateIsRefused() {
        home.write("appliance.yaml", appliance.replace("pki/server.pem", "pki/none.pem"));

        assertRefusal(folder + "/pki/none.pem: expected a file here, found none");
    }

    @Test
    void tlsFilesThatAreNotPemAreNamed() {
        for (String name : new String[] {"server.key", "crl.pem"}) {
            String good = home.read("pki/" + name);
            home.write("pki/" + name, "not PEM\n");

            assertThat(refusal()).startsWith(REFUSED + folder + "/pki/" + name + ": expected ");

            home.write("pki/" + name, good);
        }
    }

    /** Each would open a door, weaken TLS or change the log, if the framework or the JDK were let to listen to it. */
    @Test
    void nothingBesideTheApplianceFileSettlesHowItListensAndLogs() throws IOException {
        Map<String, String> variables = Map.of(
                "QUARKUS_HTTP_INSECURE_REQUESTS", "enabled",
                "QUARKUS_LOG_FILE_ENABLE", "true",
                "QUARKUS_PROFILE", "dev",
                "_PROD_QUARKUS_HTTP_SSL_CLIENT_AUTH", "none",
                "SMALLRYE_CONFIG_LOCATIONS", folder.toString());
        assertForeign(
                variables, variables.keySet().stream().map(name -> "$" + name).toList());
        List<String> options =
                List.of("-Dquarkus.http.host=0.0.0.0", "-Djava.security.properties=" + folder, "-Djavax.net.debug=all");
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            assertForeign(
                    Map.of(variable, String.join(" ", options)),
                    options.stream().map(option -> option.split("=", 2)[0]).toList());
        }
        List<String> files = List.of(".env", "config/application.properties", "config/application-prod.properties");
        Files.createDirectories(folder.resolve("config"));
        files.forEach(file -> home.write(file, "quarkus.tls.api.protocols=TLSv1.2\n"));
        assertForeign(
                Map.of(),
                files.stream()
                        .map(file -> "'quarkus.tls.api.protocols' in " + folder.resolve(file))
                        .toList());
        for (String file : files) {
            Files.delete(folder.resolve(file));
        }
        assertThat(folder.resolve("quarkus.log")).doesNotExist();
    }

    /** Each is named, and nothing else. */
    private static void assertForeign(Map<String, String> environment, List<String> named) {
        assertThat(refusal(environment))
                .isEqualTo(REFUSED
                        + "expected appliance.yaml alone to say what is listened on, how TLS is judged and what is logged, found "
                        + String.join(", ", new TreeSet<>(named))
                        + "; unset them: what appliance.yaml has no field for is fixed");
    }

    private static void assertRefusal(String message) {
        assertThat(refusal()).isEqualTo(REFUSED + message);
    }

    /** The one line it says before it ends with exit code 2, never having listened. */
    private static String refusal() {
        return refusal(Map.of());
    }

    private static String refusal(Map<String, String> environment) {
        String message = lastWords(2, environment);
        assertThat(listens()).isFalse();
        return message;
    }

    private static String failure(Map<String, String> environment) {
        String message = lastWords(3, environment);
        assertThat(message).startsWith(FAILED);
        return message.substring(FAILED.length());
    }

    private static String lastWords(int expectedCode, Map<String, String> environment) {
        var process = ApplianceProcess.launchToEnd(home, environment);
        int exitCode = process.awaitExit();
        String output = process.output();

        assertThat(exitCode).as(output).isEqualTo(expectedCode);
        assertThat(output).doesNotContain("\tat ", "Exception", pin.strip());
        return output.lines()
                .filter(line -> line.startsWith("sealkeeper:"))
                .reduce((first, second) -> {
                    throw new AssertionError("expected one message, found:\n" + output);
                })
                .orElseThrow(() -> new AssertionError("expected a message, found:\n" + output));
    }

    private static boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), home.port())) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(folder.resolve("pins/user.pin"), PosixFilePermissions.fromString(permissions));
    }
}
