package org.sealkeeper.testing;

import java.util.ArrayList;
import java.util.List;

/** Options of the JVMs that tests start: those of the launchers, in haste. They are to start fast, not to run fast. */
final class FastStart {
    private static final List<String> HASTE = List.of(
            "-XX:TieredStopAtLevel=1",
            // The cache is used where it lies, which else is moved in memory at every start; and nothing is compiled
            // ahead of need.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:-AOTReplayTraining");

    private FastStart() {}

    static List<String> ofAppliance() {
        return inHaste(Told.APPLIANCE);
    }

    static List<String> ofCommand() {
        return inHaste(Told.COMMANDS);
    }

    /** What {@code deployment/serve} tells the JVM. */
    static List<String> asLaunched() {
        return Told.APPLIANCE;
    }

    private static List<String> inHaste(List<String> told) {
        List<String> all = new ArrayList<>(told);
        all.addAll(HASTE);
        return all;
    }

    /** Asked of the launchers' own functions, once the caches are there. */
    private static final class Told {
        static final List<String> APPLIANCE = told("appliance");
        static final List<String> COMMANDS = told("commands");

        private static List<String> told(String kind) {
            Prepared.home();
            return Launchers.lines("tell_jvm " + kind + "; printf '%s\\n' \"${JVM_OPTIONS[@]}\"");
        }
    }
}
