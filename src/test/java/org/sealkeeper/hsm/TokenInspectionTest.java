package org.sealkeeper.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sealkeeper.hsm.AlteredObjects.Kind;
import org.sealkeeper.hsm.AlteredObjects.Made;
import org.sealkeeper.testing.SoftHsmToken;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/**
 * Every attribute of every kind of object, made or changed otherwise than Sealkeeper does. The table of what becomes of it is
 * {@code inspected-attributes.txt}; where that names a return value, SoftHSM refuses. Only the text and the owner of a record are as declared
 * whatever they are: room {@code rollback} judges them.
 */
class TokenInspectionTest {
    private static final Path TABLE = Path.of("src/test/resources/golden/inspected-attributes.txt");

    @TempDir
    private Path folder;

    /** Somebody destroys the object, and makes another in its place. */
    @ParameterizedTest
    @EnumSource
    void whatIsMadeOtherwiseIsFoundByName(Kind kind) throws PKCS11Exception, IOException {
        SoftHsmToken token = SoftHsmToken.in(folder);
        requireTable("made " + kind, attribute -> made(token, kind, attribute));
    }

    /** C_SetAttributeValue. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RECIPIENT_KEY", "TRUSTED_TRANSIT_KEY"})
    void whatIsChangedIsFoundByName(Kind kind) throws PKCS11Exception, IOException {
        SoftHsmToken token = SoftHsmToken.in(folder);
        requireTable("changed " + kind, attribute -> changed(token, kind, attribute));
    }

    /** C_CopyObject; then the original is destroyed. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RECIPIENT_KEY", "TRUSTED_TRANSIT_KEY"})
    void whatIsCopiedOtherwiseIsFoundByName(Kind kind) throws PKCS11Exception, IOException {
        SoftHsmToken token = SoftHsmToken.in(folder);
        requireTable("copied " + kind, attribute -> copied(token, kind, attribute));
    }

    private interface Attempt {
        String of(AlterableAttribute attribute) throws PKCS11Exception;
    }

    private static void requireTable(String title, Attempt attempt) throws PKCS11Exception, IOException {
        SortedMap<String, String> byOutcome = new TreeMap<>();
        for (AlterableAttribute attribute : AlterableAttribute.ALL) {
            byOutcome.merge(attempt.of(attribute), attribute.name(), (some, next) -> some + " " + next);
        }
        List<String> found = byOutcome.entrySet().stream()
                .map(row -> title + ": " + row.getKey() + ": " + row.getValue())
                .toList();
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(TABLE).stream()
                        .filter(line -> line.startsWith(title + ": "))
                        .toList());
    }

    private static String made(SoftHsmToken token, Kind kind, AlterableAttribute attribute) throws PKCS11Exception {
        Made made;
        try (var maker = kind.isMadeByTheOfficer() ? AlteredObjects.asOfficer(token) : AlteredObjects.in(token)) {
            try {
                made = maker.make(kind, attribute.alteration());
            } catch (PKCS11Exception e) {
                // SoftHSM leaves a part of what it refuses to create.
                maker.destroyAll();
                return e.getErrorName();
            }
            if (!kind.isMadeByTheOfficer()) {
                return told(maker, made, attribute);
            }
        }
        try (var user = AlteredObjects.in(token)) {
            return told(user, made, attribute);
        }
    }

    private static String changed(SoftHsmToken token, Kind kind, AlterableAttribute attribute) throws PKCS11Exception {
        try (var user = AlteredObjects.in(token)) {
            Made made = user.make(kind, AlteredObjects.Alteration.NONE);
            try {
                user.session().setAttributeValues(made.altered(), attribute.change(user.objects(), made.altered()));
            } catch (PKCS11Exception e) {
                user.destroyAll();
                return e.getErrorName();
            }
            return told(user, made, attribute);
        }
    }

    private static String copied(SoftHsmToken token, Kind kind, AlterableAttribute attribute) throws PKCS11Exception {
        try (var user = AlteredObjects.in(token)) {
            Made made = user.make(kind, AlteredObjects.Alteration.NONE);
            try {
                long _ = user.session().copyObject(made.altered(), attribute.change(user.objects(), made.altered()));
            } catch (PKCS11Exception e) {
                user.destroyAll();
                return e.getErrorName();
            }
            user.objects().destroy(made.altered());
            return told(user, made, attribute);
        }
    }

    private static String told(AlteredObjects user, Made made, AlterableAttribute attribute) {
        List<Finding> findings = user.findings(made.declared());
        user.destroyAll();
        boolean isNamed = findings.stream()
                .flatMap(finding -> finding.deviation().stream())
                .anyMatch(deviation -> deviation.attribute().equals(attribute.name()));
        if (isNamed) {
            return "drift";
        }
        if (findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.MISSING)) {
            return "missing";
        }
        if (findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.UNKNOWN)) {
            return "unknown";
        }
        return findings.isEmpty()
                ? "as declared"
                : findings.stream()
                        .flatMap(finding -> finding.deviation().stream())
                        .map(Deviation::attribute)
                        .distinct()
                        .collect(Collectors.joining(", ", "drift of ", ""));
    }
}
