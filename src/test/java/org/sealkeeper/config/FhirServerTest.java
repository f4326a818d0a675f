package org.sealkeeper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code fhir} of appliance.yaml. */
class FhirServerTest {
    private static final String GOOD =
            "url: https://fhir.example/fhir/, release: R4, write: update, authorities: ca.pem, bearerToken: none";

    @TempDir
    Path folder;

    private FhirServer read(String fields) throws IOException {
        Path file = Files.writeString(folder.resolve("appliance.yaml"), "fhir: {" + fields + "}\n");
        return FhirServer.of(ConfigFile.read(file).section("fhir"));
    }

    @Test
    void itsBaseHasNoSlashAtTheEndAndItsFilesAreBesideIt() throws IOException {
        FhirServer server = read(GOOD.replace("bearerToken: none", "bearerToken: fhir.token"));
        assertThat(server.url()).hasToString("https://fhir.example/fhir");
        assertThat(server.write()).isEqualTo(FhirServer.Write.UPDATE);
        assertThat(server.authorities()).isEqualTo(folder.resolve("ca.pem"));
        assertThat(server.bearerToken()).contains(folder.resolve("fhir.token"));
        assertThat(read(GOOD).bearerToken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https:, http:, expected the https address of a FHIR server",
        "fhir.example, me:secret@fhir.example, expected the https address of a FHIR server",
        "fhir/, fhir?x=y, expected the https address of a FHIR server",
        "R4, STU3, 'expected one of R4, R5, found'",
        "update, upsert, 'expected one of create, update, found'",
        "'authorities: ca.pem, ', '', expected the field 'authorities'",
        "release, releases, expected the field 'release'",
    })
    void anythingElseIsRefusedWithItsLine(String good, String bad, String why) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("appliance.yaml:1: ")
                .hasMessageContaining(why);
    }
}
