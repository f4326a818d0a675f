package org.sealkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.RawDataKeys;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/** Prints the table of data keys as Markdown. Arguments: an empty folder, seconds per row. */
final class DataKeyBench {
    private static final int WARM_UP_SECONDS = 30;
    private static final int[] THREADS = {1, 2, 4};

    private DataKeyBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err); // the PKCS#11 wrapper talks on standard output
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[1]);
        Home home = Home.provision(folder);
        home.write("policy.yaml", """
                roles: {labs: [{certificate: "urn:sealkeeper:lab:lab-a"}]}
                grants:
                  - {name: makes, roles: [labs], operations: [generate-data-key], keys: [patient-data]}
                  - {name: opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [TREAT]}
                denials: []
                ...
                """);
        home.enroll("lab-a");
        List<Measured> generate = new ArrayList<>();
        List<Measured> unwrap = new ArrayList<>();
        raw(home, seconds, generate, unwrap);
        try (var appliance = ApplianceProcess.startForLoad(home)) {
            service(home, appliance.pid(), seconds, generate, unwrap);
        }
        print(table, generate);
        print(table, unwrap);
    }

    private static void raw(Home home, int seconds, List<Measured> generate, List<Measured> unwrap) throws Exception {
        ApplianceFile appliance = ApplianceFile.read(home.folder().resolve("appliance.yaml"));
        CkaId kek;
        RecipientKey recipient;
        try (var store = Store.open(appliance.store())) {
            var keys = new KeyEncryptionKeys(store);
            kek = keys.active(new KeyAlias("patient-data")).orElseThrow().ckaId();
            recipient = keys.recipient(new RecipientName("lab-a")).orElseThrow().key();
        }
        try (var token = new RawDataKeys.Token(TokenSettings.of(appliance).getFirst())) {
            var load = new RawDataKeyLoad(token, kek, recipient);
            for (int threads : THREADS) {
                generate.add(progress(load.generate(threads, seconds)));
            }
            for (int threads : THREADS) {
                unwrap.add(progress(load.unwrap(threads, seconds)));
            }
        }
    }

    private static void service(Home home, long pid, int seconds, List<Measured> generate, List<Measured> unwrap)
            throws Exception {
        try (var load = new DataKeyLoad(home, 64)) {
            progress(load.generate("warm-up, not in the table", pid, WARM_UP_SECONDS));
            progress(load.unwrap("warm-up, not in the table", pid, WARM_UP_SECONDS));
        }
        for (int connections : new int[] {1, 64}) {
            try (var load = new DataKeyLoad(home, connections)) {
                String at = ", HTTP/1.1, " + Measured.count(connections, "connection");
                generate.add(progress(load.generate("generate" + at, pid, seconds)));
                unwrap.add(progress(load.unwrap("unwrap" + at, pid, seconds)));
            }
        }
        try (var load = new DataKeyLoad(home, 4)) {
            unwrap.add(progress(load.unwrapBatches("unwrap, batches of 250, 4 connections", pid, seconds)));
        }
    }

    private static Measured progress(Measured row) {
        System.err.printf("%-70s %,10.0f/s%n", row.what(), row.perSecond());
        return row;
    }

    /** The limit is the raw token at its best. */
    private static void print(PrintStream out, List<Measured> rows) {
        Measured limit = rows.stream()
                .limit(THREADS.length)
                .max(Comparator.comparingDouble(Measured::perSecond))
                .orElseThrow();
        out.println("| what | data keys/s | ratio to the limit | p50 µs | p99 µs | CPU cores | RSS MiB |");
        out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (Measured row : rows) {
            out.printf(
                    "| %s%s | %,.0f | %.2f | %,d | %,d | %.2f | %d |%n",
                    row.what(),
                    row.equals(limit) ? " (**the limit**)" : "",
                    row.perSecond(),
                    row.perSecond() / limit.perSecond(),
                    row.p50Micros(),
                    row.p99Micros(),
                    row.cpuCores(),
                    row.rssMiB());
        }
        out.println();
    }
}
