package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.hsm.DeclaredObjects.Leftovers;
import org.sealkeeper.testing.SoftHsmToken;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** What SoftHSM leaves where a process is killed while it makes an object: the object's file, with a part of its attributes. */
class CutOffObjectsTest {
    private static final CkaId KEPT = CkaId.random(new SecureRandom());

    @TempDir
    private Path folder;

    /** @param bytes of 8, none of its attributes is there; of 32, its class alone */
    @ParameterizedTest
    @ValueSource(ints = {8, 32})
    void isToldApartAndDestroyedAndNothingElseIs(int bytes) throws PKCS11Exception, IOException {
        SoftHsmToken token = SoftHsmToken.in(folder);
        Set<Path> before = objects();
        try (HandMadeKey maker = HandMadeKey.in(token.settings())) {
            maker.generate(KEPT, "key");
        }
        Set<Path> made = objects();
        made.removeAll(before);
        for (Path object : made) {
            addCutOff(object, bytes);
        }
        try (HandMadeKey other = HandMadeKey.in(token.settings())) {
            other.generateNameless();
        }

        try (Hsm hsm = token.open()) {
            assertThat(findings(hsm))
                    .hasSize(2)
                    .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.ORPHAN))
                    .allSatisfy(finding -> assertThat(finding.object()).endsWith(", whose making was cut off"));
            hsm.inspection().destroyCutOff();
            assertThat(findings(hsm))
                    .as("SoftHSM does not destroy what has no attribute")
                    .hasSize(bytes == 8 ? 2 : 0);
            assertThat(hsm.signingKeyAdministration().destroy(KEPT)).isEqualTo(2);
            assertThat(hsm.inspection().findings(List.of()))
                    .as("a key of others, which has no name either")
                    .extracting(Finding::kind)
                    .filteredOn(Finding.Kind.UNKNOWN::equals)
                    .hasSize(2);
        }
    }

    /** As another process leaves it: a file beside the others, and a folder whose count of changes has risen, so that it is read anew. */
    private static void addCutOff(Path whole, int bytes) throws IOException {
        Path file = whole.resolveSibling(UUID.randomUUID() + ".object");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(whole), bytes));
        Path changes = whole.resolveSibling("generation");
        byte[] count = Files.readAllBytes(changes);
        count[Long.BYTES - 1]++;
        Files.write(changes, count);
    }

    /** The pair that is whole is taken for something known. */
    private static List<Finding> findings(Hsm hsm) {
        return hsm.inspection().findings(List.of(new Leftovers("the other pair", KEPT.hex()))).stream()
                .filter(finding -> finding.kind() == Finding.Kind.ORPHAN)
                .filter(finding -> !finding.object().contains("the other pair"))
                .toList();
    }

    private static Set<Path> objects() throws IOException {
        Path tokens = Path.of(System.getenv("SOFTHSM2_CONF")).resolveSibling("tokens");
        try (Stream<Path> files = Files.walk(tokens)) {
            return new HashSet<>(
                    files.filter(file -> file.toString().endsWith(".object")).toList());
        }
    }
}
