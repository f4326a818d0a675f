package org.sealkeeper.arch;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Signatures;
import org.sealkeeper.hsm.TokenDataKeys;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyRing;

/** The floor plan of docs/architecture.md: imports go down only, and features never import one another. */
@AnalyzeClasses(packages = "org.sealkeeper", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorPlanTest {
    private static final String BASE = "org.sealkeeper.";
    private static final int KERNEL_LIMIT = 15;

    /** Here, since to read all classes takes ten seconds. */
    @ArchTest
    static final ArchTests DOORS = ArchTests.in(DoorRules.class);

    /** They put the others together, and may import all of them. */
    private static final Set<String> BUILDERS = Set.of("appliance", "cli");

    /** Each room and the rooms it may import. */
    private static final Map<String, Set<String>> PLAN = plan();

    private static Map<String, Set<String>> plan() {
        Map<String, Set<String>> plan = new LinkedHashMap<>();
        plan.put("kernel", Set.of());
        plan.put("identity", Set.of());
        plan.put("files", Set.of());
        plan.put("background", Set.of());
        plan.put("encoding", Set.of());
        plan.put("config", Set.of("kernel"));
        plan.put("verify", Set.of("encoding", "kernel"));
        plan.put("pki", Set.of("verify", "config"));
        plan.put("http", Set.of("pki", "config", "encoding", "identity", "kernel"));
        plan.put("store", Set.of("config", "kernel"));
        plan.put("merkle", Set.of());
        plan.put("hsm", Set.of("verify", "config", "files", "background", "kernel"));
        plan.put("audit", Set.of("merkle", "store", "verify", "config", "encoding", "identity", "kernel"));
        plan.put("rollback", Set.of("audit", "hsm", "merkle", "store", "config", "background", "encoding", "kernel"));
        plan.put("keys", Set.of("audit", "hsm", "merkle", "store", "verify", "config", "encoding", "kernel"));
        plan.put("policy", Set.of("config", "identity", "kernel"));
        plan.put("issuers", Set.of("http", "verify", "config", "encoding", "identity", "kernel"));
        plan.put("gate", Set.of("policy", "keys", "audit", "hsm", "store", "http", "config", "identity", "kernel"));
        plan.put(
                "ledger",
                Set.of(
                        "gate",
                        "merkle",
                        "policy",
                        "keys",
                        "rollback",
                        "audit",
                        "store",
                        "http",
                        "verify",
                        "config",
                        "encoding",
                        "identity",
                        "kernel"));
        plan.put(
                "envelope",
                Set.of("gate", "policy", "keys", "audit", "hsm", "store", "http", "encoding", "identity", "kernel"));
        plan.put(
                "transparency",
                Set.of("gate", "rollback", "audit", "merkle", "store", "http", "config", "background", "kernel"));
        plan.put("directory", Set.of("gate", "verify", "keys", "http", "encoding", "kernel"));
        plan.put("mirror", Set.of("audit", "merkle", "verify", "files", "kernel"));
        plan.put("sealing", Set.of("encoding", "kernel"));
        plan.put("evidence", Set.of("gate", "audit", "merkle", "store", "verify", "config", "kernel"));
        plan.put("assessment", Set.of("policy", "keys", "audit", "config", "kernel"));
        plan.put("ceremony", Set.of("keys", "audit", "hsm", "store", "pki", "verify", "config", "kernel"));
        plan.put("fhir", Set.of("audit", "merkle", "store", "config", "background", "kernel"));
        Set<String> belowTheDoors = Set.copyOf(plan.keySet());
        plan.put("cli", belowTheDoors);
        plan.put("appliance", belowTheDoors);
        plan.put(
                "console",
                Set.of(
                        "envelope",
                        "evidence",
                        "ledger",
                        "transparency",
                        "gate",
                        "issuers",
                        "keys",
                        "policy",
                        "audit",
                        "http",
                        "merkle",
                        "store",
                        "config",
                        "encoding",
                        "identity",
                        "pki",
                        "verify",
                        "kernel"));
        return plan;
    }

    @ArchTest
    static void everyRoomImportsOnlyTheRoomsItMay(JavaClasses classes) {
        PLAN.forEach((room, allowed) -> {
            Set<String> forbidden = new TreeSet<>(PLAN.keySet());
            forbidden.removeAll(allowed);
            forbidden.remove(room);
            noClasses()
                    .that()
                    .resideInAPackage(BASE + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(
                            forbidden.stream().map(name -> BASE + name + "..").toArray(String[]::new)))
                    .check(classes);
        });
    }

    @ArchTest
    static void thePlanAllowsNothingThatIsNotUsed(JavaClasses classes) {
        Map<String, Set<String>> used = classes.stream()
                .collect(Collectors.groupingBy(
                        FloorPlanTest::room,
                        Collectors.flatMapping(
                                type -> type.getDirectDependenciesFromSelf().stream()
                                        .map(dependency -> dependency.getTargetClass())
                                        .filter(target ->
                                                target.getPackageName().startsWith(BASE))
                                        .map(FloorPlanTest::room),
                                Collectors.toSet())));
        PLAN.forEach((room, allowed) -> {
            if (!BUILDERS.contains(room)) {
                assertThat(used.get(room)).as("what room %s uses", room).containsAll(allowed);
            }
        });
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(BASE.length()).replaceFirst("\\..*", "");
    }

    @ArchTest
    static void thereIsNoRoomOutsideThePlan(JavaClasses classes) {
        Set<String> rooms = classes.stream().map(FloorPlanTest::room).collect(Collectors.toCollection(TreeSet::new));
        assertThat(rooms).isSubsetOf(PLAN.keySet());
    }

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("org.sealkeeper.(*)..").should().beFreeOfCycles();

    /** Rooms within a room, too: a room imports its sub-rooms or they import it, never both. */
    @ArchTest
    static final ArchRule NO_CIRCLES_WITHIN_A_ROOM =
            slices().matching("org.sealkeeper.(**)").should().beFreeOfCycles();

    /** Where they were untied: two files that need one another cannot be read alone. */
    @ArchTest
    static final ArchRule NO_CIRCLES_BETWEEN_FILES = slices().assignedFrom(new SliceAssignment() {
                private static final Set<String> UNTIED = Set.of(
                        "gate",
                        "hsm",
                        "identity",
                        "config",
                        "keys",
                        "keys.provisioning",
                        "http",
                        "http.problem",
                        "http.identity",
                        "http.access",
                        "http.listener",
                        "http.wire",
                        "transparency",
                        "sealing",
                        "ledger",
                        "ledger.door",
                        "ledger.verification",
                        "directory",
                        "appliance");

                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return type.getPackageName().startsWith(BASE)
                                    && UNTIED.contains(type.getPackageName().substring(BASE.length()))
                            ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "files of rooms that were untied";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_HSM_KNOWS_PKCS11 = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "hsm..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.xipki..", "iaik..", "sun.security.pkcs11.."));

    /** Room {@code keys} itself signs certificates, and notes of the audit log, whose leaves come before their checkpoints. */
    @ArchTest
    static final ArchRule ONLY_THE_GATE_USES_KEYS = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "gate..", BASE + "keys..")
            .should()
            .callMethodWhere(target(owner(type(KeyRing.class))).and(target(name("sign"))));

    /** As above, for the keys of data keys. */
    @ArchTest
    static final ArchRule ONLY_THE_GATE_USES_KEY_ENCRYPTION_KEYS = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "gate..", BASE + "keys..")
            .should()
            .callMethodWhere(target(owner(type(DataKeys.class))));

    /** The gate and the features know the token's outcomes, and not how to ask for them. */
    @ArchTest
    static final ArchRule ONLY_KEYS_AND_ROLLBACK_ASK_THE_TOKEN = noClasses()
            .that()
            .resideOutsideOfPackages(
                    BASE + "hsm..", BASE + "keys..", BASE + "rollback..", BASE + "cli..", BASE + "appliance..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Hsm.class, Signatures.class, TokenDataKeys.class);

    @ArchTest
    static final ArchRule KERNEL_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage(BASE + "kernel")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", BASE + "kernel", "org.jspecify.annotations"));

    @ArchTest
    static void theKernelHoldsAtMostFifteenTypes(JavaClasses classes) {
        List<String> types = classes.stream()
                .filter(type -> type.getPackageName().equals(BASE + "kernel"))
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getSimpleName)
                .toList();
        assertThat(types).hasSizeLessThanOrEqualTo(KERNEL_LIMIT);
    }

    @ArchTest
    static final ArchRule DEPENDENCIES_COME_THROUGH_CONSTRUCTORS =
            fields().should().notBeAnnotatedWith("jakarta.inject.Inject");

    /** One way to log: the JDK's. What the framework needs beside it is the MDC and its own records. */
    @ArchTest
    static final ArchRule ONLY_THE_JDKS_LOGGER_IS_USED = noClasses()
            .should()
            .dependOnClassesThat(name("org.jboss.logging.Logger")
                    .or(name("java.util.logging.Logger"))
                    .or(name("org.slf4j.Logger")));

    @ArchTest
    static final ArchRule NO_STATIC_MUTABLE_STATE =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule DOORS_ARE_NOT_PUBLIC =
            classes().that().areAnnotatedWith("jakarta.ws.rs.Path").should().notHaveModifier(JavaModifier.PUBLIC);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL_OR_MADE_TO_BE_EXTENDED = classes()
            .that(DescribedPredicate.describe(
                    "are plain classes",
                    type -> !type.isInterface() && !type.isEnum() && !type.isRecord() && !type.isAnonymousClass()))
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould()
            .haveModifier(JavaModifier.ABSTRACT);

    @ArchTest
    static void everyRoomSaysWhatItIsFor(JavaClasses classes) throws IOException {
        Path source = Path.of("src/main/java/org/sealkeeper");
        try (Stream<Path> rooms = Files.walk(source)) {
            assertThat(rooms.filter(Files::isDirectory).filter(room -> !room.equals(source)))
                    .allSatisfy(room -> assertThat(room.resolve("package-info.java"))
                            .content()
                            .contains("/**", "@NullMarked"));
        }
    }
}
