package org.sealkeeper.appliance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;

/** What a running appliance uses up: memory and time series. */
final class ProcessRecord {
    /** So that memory that grows is not the garbage of a heap that has room. */
    static final String[] OF_A_FIXED_HEAP = {"-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch"};

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
    private static final Pattern LIVE_HEAP = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\".*} ([0-9.E]+)");

    private final Home home;
    private final ApplianceProcess appliance;
    private final int linesAtStart;

    ProcessRecord(Home home, ApplianceProcess appliance) {
        this.home = home;
        this.appliance = appliance;
        this.linesAtStart = (int) appliance.output().lines().count();
    }

    /** At one moment. */
    record Use(long residentKilobytes, long liveHeapBytes, Set<String> series, String metrics) {
        Set<String> labelsOfRequests(String name) {
            return Pattern.compile("http_server_requests_seconds_count\\{.*" + name + "=\"([^\"]*)\"")
                    .matcher(metrics)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Override
        public String toString() {
            return residentKilobytes + " kB resident, " + liveHeapBytes + " bytes of live heap";
        }
    }

    int linesAtStart() {
        return linesAtStart;
    }

    /** After its garbage was collected. Series of answers of every kind, which have a bound of their own, are left out. */
    Use use() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Command.run(home.folder(), List.of(jcmd, Long.toString(appliance.pid()), "GC.run"))
                .succeeded();
        String metrics = metrics();
        Set<String> series = metrics.lines()
                .filter(line -> !line.matches(
                        "#.*|jvm_gc_.*|http_server_(requests|errors)_.*|sealkeeper_(blocks|data_keys)_.*"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
        var resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + appliance.pid() + "/status")));
        double heap = LIVE_HEAP
                .matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
        return new Use(resident.find() ? Long.parseLong(resident.group(1)) : 0, (long) heap, series, metrics);
    }

    private String metrics() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + home.managementPort() + "/q/metrics"));
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }
    }
}
