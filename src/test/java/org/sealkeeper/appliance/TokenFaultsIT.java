package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ACTION_PROHIBITED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CRYPTOKI_NOT_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_ERROR;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_ENCRYPTED_DATA_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_FUNCTION_FAILED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_KEY_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_MECHANISM_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OPERATION_ACTIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_SESSION_COUNT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_SESSION_HANDLE_INVALID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_ANOTHER_ALREADY_LOGGED_IN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_NOT_LOGGED_IN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_VENDOR_DEFINED;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.ReturnValues;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.InjectedFault;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.TokenFault;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * Every function of the token answers with every return value, under the load of nodes that contradict themselves and of a laboratory: no height
 * has two hashes, no signature is wrong, nothing that was answered is lost, and the appliance is ready again within five seconds after the
 * fault has ended. Here one return value of each meaning; all of them in the profile {@code soak}, which takes half an hour; there
 * {@code -Dsealkeeper.tokenFaultFunctions=C_Sign,C_Login} limits it to some functions.
 */
class TokenFaultsIT {
    private static final boolean ALL = Boolean.getBoolean("sealkeeper.allTokenFaults");

    /** Empty for all. */
    private static final List<String> ONLY =
            List.of(System.getProperty("sealkeeper.tokenFaultFunctions", "").split(",")).stream()
                    .filter(name -> !name.isEmpty())
                    .toList();

    private static final Duration READY_AGAIN = Duration.ofSeconds(5);
    /** Probes come each second. */
    private static final Duration TIME_TO_HAPPEN = Duration.ofSeconds(10);

    private static final Duration TIME_TO_GO_ON = Duration.ofMillis(100);

    /** What signing, data keys, the token's memory and probes call. */
    private static final List<String> WORK = List.of(
            "C_SignInit",
            "C_Sign",
            "C_GenerateKey",
            "C_WrapKey",
            "C_UnwrapKey",
            "C_DestroyObject",
            "C_GetAttributeValue",
            "C_SetAttributeValue",
            "C_OpenSession",
            "C_GetSessionInfo",
            "C_GenerateRandom");

    /** What letting a token in anew calls. */
    private static final List<String> RECOVERY = List.of(
            "C_CloseAllSessions", "C_GetSlotList", "C_GetTokenInfo", "C_Login", "C_FindObjectsInit", "C_FindObjects");

    /** What it calls where the library has to be initialized anew. */
    private static final List<String> NEW_LIBRARY = List.of("C_Finalize", "C_Initialize");

    private static final String POLICY = """
            roles:
              nodes: [{certificate: "urn:sealkeeper:node:node-a"}]
              labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]
              auditors: [{certificate: "urn:sealkeeper:auditor:auditor"}]
            grants:
              - {name: nodes-sign, roles: [nodes], operations: [sign-block, read-chain], chains: [lab-a]}
              - {name: lab-seals, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
              - {name: lab-opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [HOPERAT]}
              - {name: audit, roles: [auditors], operations: [read-audit-log]}
            denials: []
            separationExceptions: []
            ...
            """;

    @TempDir
    private static Path folder;

    private record Cell(String function, long returnValue) {
        Meaning meaning() {
            return ReturnValues.of(returnValue);
        }
    }

    @Test
    void whateverTheTokenAnswersNothingIsWrongAndItIsReadyAgain() throws Exception {
        Home home = Home.provision(folder);
        home.write("policy.yaml", POLICY);
        home.enroll("lab-a");
        FaultyModule module = home.faultyToken();
        home.write("faulty/profile.yaml", home.read("faulty/profile.yaml") + "probeSeconds: 1\n");
        int cells = 0;
        try (var appliance = ApplianceProcess.start(home);
                var node = Caller.of(home, "node-a")) {
            var ledger = new Ledger(node.get("/.well-known/jwks.json").body());
            try (var _ = ledger.load(home, 2, Ledger.LEISURE);
                    var lab = new DataKeyLoad(home)) {
                for (Cell cell : cells()) {
                    System.out.println(line(cell, inject(cell, module, appliance, ledger, lab)));
                    cells++;
                }
            }
            assertThat(cells).isPositive();
            assertThat(ledger.size()).isGreaterThan(cells);
            ledger.assertThatNoHeightHasTwoHashes();
            ledger.assertThatNothingIsLost(node.get("/v1/chains/lab-a/blocks?from=0", "application/x-ndjson")
                    .body());
            assertThat(appliance.output()).doesNotContain("\tat ");
        }
    }

    private static List<Cell> cells() {
        long[] values = ALL ? allReturnValues() : oneOfEachMeaning();
        return Stream.of(WORK, RECOVERY, NEW_LIBRARY)
                .flatMap(List::stream)
                .filter(function -> ONLY.isEmpty() || ONLY.contains(function))
                .flatMap(function -> Arrays.stream(values).mapToObj(value -> new Cell(function, value)))
                .filter(cell -> !waitsForAnOperator(cell))
                .filter(cell -> ALL || isTelling(cell))
                .toList();
    }

    /** Such a login is another test's: no fault that ends makes the appliance try again. */
    private static boolean waitsForAnOperator(Cell cell) {
        Meaning.Effect effect = cell.meaning().effect();
        return effect == Meaning.Effect.AUTH_FAILED || effect == Meaning.Effect.LOCKED_OUT;
    }

    /** Every meaning where a session is used most, and those that are told apart everywhere. */
    private static boolean isTelling(Cell cell) {
        return cell.function().equals("C_SignInit")
                || switch (cell.meaning()) {
                    case BUSY, GONE -> true;
                    case SESSION_LOST -> WORK.contains(cell.function());
                    default -> false;
                };
    }

    private static long[] oneOfEachMeaning() {
        return new long[] {
            CKR_MECHANISM_INVALID,
            CKR_ACTION_PROHIBITED,
            CKR_ENCRYPTED_DATA_INVALID,
            CKR_KEY_HANDLE_INVALID,
            CKR_OPERATION_ACTIVE,
            CKR_FUNCTION_FAILED,
            CKR_SESSION_COUNT,
            CKR_SESSION_HANDLE_INVALID,
            CKR_USER_NOT_LOGGED_IN,
            CKR_DEVICE_ERROR,
            CKR_CRYPTOKI_NOT_INITIALIZED,
            CKR_USER_ANOTHER_ALREADY_LOGGED_IN,
            CKR_VENDOR_DEFINED
        };
    }

    private static long[] allReturnValues() {
        return Arrays.stream(PKCS11Constants.class.getFields())
                .filter(field ->
                        field.getName().startsWith("CKR_") && !field.getName().equals("CKR_OK"))
                .mapToLong(TokenFaultsIT::value)
                .toArray();
    }

    private static long value(Field constant) {
        try {
            return constant.getLong(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** How long it took until the token was ready and both loads went on, after the fault had ended. */
    private static Duration inject(
            Cell cell, FaultyModule module, ApplianceProcess appliance, Ledger ledger, DataKeyLoad lab) {
        try (InjectedFault fault = module.inject(TokenFault.answer(cell.function(), cell.returnValue()))) {
            if (NEW_LIBRARY.contains(cell.function())) {
                InjectedFault _ = module.inject(TokenFault.answer("C_CloseAllSessions", CKR_DEVICE_ERROR));
            }
            if (!WORK.contains(cell.function())) {
                InjectedFault _ = module.inject(TokenFault.closedSessions());
            }
            long end = System.nanoTime() + TIME_TO_HAPPEN.toNanos();
            while (fault.happened() == 0) {
                assertThat(System.nanoTime()).as("%s", cell).isLessThan(end);
                pause();
            }
            LockSupport.parkNanos(TIME_TO_GO_ON.toNanos());
        }
        module.clear();
        long ended = System.nanoTime();
        int blocks = ledger.size();
        int released = lab.released();
        while (ledger.size() == blocks || lab.released() == released || !isReady(appliance)) {
            assertThat(Duration.ofNanos(System.nanoTime() - ended))
                    .as(
                            "%s answered with %s: %s",
                            cell.function(), ReturnValues.name(cell.returnValue()), appliance.health("ready"))
                    .isLessThan(READY_AGAIN);
            pause();
        }
        return Duration.ofNanos(System.nanoTime() - ended);
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    private static boolean isReady(ApplianceProcess appliance) {
        return Blocks.json(appliance.health("ready")).get("status").asText().equals("UP");
    }

    private static String line(Cell cell, Duration took) {
        return "%-20s %-32s %-20s ready again after %.2f s"
                .formatted(
                        cell.function(),
                        ReturnValues.name(cell.returnValue()),
                        cell.meaning(),
                        took.toMillis() / 1000.0);
    }
}
