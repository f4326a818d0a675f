package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.config.ConfigurationFault;

class ForeignSettingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "QUARKUS_HTTP_INSECURE_REQUESTS",
                "quarkus.http.insecure-requests",
                "quarkus_http_port",
                "_PROD_QUARKUS_HTTP_PORT",
                "%prod.quarkus.http.port",
                "_A_PROD_QUARKUS_LOG_LEVEL",
                "QUARKUS_PROFILE",
                "QUARKUS_CONFIG_LOCATIONS",
                "SMALLRYE_CONFIG_LOCATIONS",
                "MP_OPENAPI_FILTER"
            })
    void noVariableOfTheEnvironmentSetsTheFramework(String name) {
        refused("$" + name, List.of("PATH", name), List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -Dquarkus.http.insecure-requests=enabled              | -Dquarkus.http.insecure-requests,
            -D%prod.quarkus.http.port=1                           | -D%prod.quarkus.http.port,
            -Djdk.tls.disabledAlgorithms                          | -Djdk.tls.disabledAlgorithms,
            -Djava.security.properties=mine                       | -Djava.security.properties,
            -Djdk.internal.httpclient.disableHostnameVerification | -Djdk.internal.httpclient.disableHostnameVerification,
            -Djavax.net.debug=all                                 | -Djavax.net.debug,
            -Djava.net.preferIPv4Stack=true                       | -Djava.net.preferIPv4Stack,
            -Dcom.sun.management.jmxremote.port=9010              | -Dcom.sun.management.jmxremote.port,
            -Djava.util.logging.config.file=mine                  | -Djava.util.logging.config.file,
            -Dvertx.disableURIValidation=false                    | -Dvertx.disableURIValidation,
            -agentlib:jdwp=transport=dt_socket,server=y           | -agentlib:…
            """)
    void noSystemPropertyOrAgentSetsAnything(String argument, String named) {
        refused(named.replace(",", ""), List.of(), List.of("-Xmx1g", "-Dsealkeeper.config=appliance.yaml", argument));
    }

    @ParameterizedTest
    @CsvSource({
        ".env,                               QUARKUS_HTTP_PORT=1",
        ".env,                               quarkus.log.level = DEBUG",
        "config/application.properties,      quarkus.tls.api.protocols: TLSv1.2",
        "config/application-prod.properties, quarkus.log.file.enable=true",
        "config/application.properties,      %prod.quarkus.http.port=1"
    })
    void noFileOfTheWorkingFolderSetsTheFramework(String file, String line) throws IOException {
        write(file, "# mine\nmine=1\n" + line + "\n");
        refused("'" + line.split(" ?[=:]", 2)[0] + "' in " + folder.resolve(file), List.of(), List.of());
    }

    @Test
    void aFileTheFrameworkMightReadAndWeCannotIsRefused() throws IOException {
        Files.write(folder.resolve(".env"), "ä=1".getBytes(StandardCharsets.ISO_8859_1));
        refused(folder.resolve(".env") + ": cannot be read", List.of(), List.of());
    }

    @Test
    void allAreNamedAtOnce() {
        refused(
                "$MP_CONFIG_PROFILE, $QUARKUS_PROFILE, -Dmine;",
                List.of("QUARKUS_PROFILE", "MP_CONFIG_PROFILE"),
                List.of("-Dmine"));
    }

    @Test
    void whatSettlesNothingOfThatIsLeftAlone() throws IOException {
        write(".env", "PORT=1\nMY_QUARKUS_NOTES=1\n");
        write("config/application.properties", "spring.port=1\n");
        write("config/quarkus.yaml", "quarkus: {}\n");
        var harmless = new ForeignSettings(
                List.of("PATH", "_", "SOFTHSM2_CONF", "JAVA_TOOL_OPTIONS", "MPLBACKEND", "MY_QUARKUS_NOTES"),
                List.of(
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dsealkeeper.config=quarkus.http.yaml",
                        "-Djava.io.tmpdir=/run/sealkeeper",
                        "-Dsun.jnu.encoding=UTF-8",
                        "-Dhttps.proxyHost=proxy.example"),
                folder);
        assertThatCode(harmless::refuse).doesNotThrowAnyException();
    }

    private void refused(String named, List<String> environment, List<String> arguments) {
        assertThatThrownBy(() -> new ForeignSettings(environment, arguments, folder).refuse())
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining(named);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
