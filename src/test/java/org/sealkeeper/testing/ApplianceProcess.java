package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The packaged appliance, running as a process of its own. */
public final class ApplianceProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    /** One for all: to make one costs more than to ask. */
    private static final HttpClient MANAGER =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Home home;
    private final Process process;
    private final Path output;

    private ApplianceProcess(Home home, Process process, Path output) {
        this.home = home;
        this.process = process;
        this.output = output;
    }

    /** Starts it and returns when it is ready. */
    public static ApplianceProcess start(Home home) {
        return ready(launchFast(home));
    }

    /** Starts it with these variables in its environment besides, and returns when it is ready. */
    public static ApplianceProcess start(Home home, Map<String, String> environment) {
        return ready(launch(home, environment, FastStart.ofAppliance()));
    }

    /** Starts it as {@code deployment/serve} does, and returns when it is ready. */
    public static ApplianceProcess startForLoad(Home home) {
        return ready(launch(home, Map.of(), FastStart.asLaunched()));
    }

    /** As above, with these variables in its environment and these options of the JVM besides. */
    public static ApplianceProcess startForLoad(Home home, Map<String, String> environment, List<String> jvmOptions) {
        List<String> all = new ArrayList<>(FastStart.asLaunched());
        all.addAll(jvmOptions);
        return ready(launch(home, environment, all));
    }

    /** Starts it with the JVM's defaults and the native libraries of its jars, and returns when it is ready. */
    public static ApplianceProcess startBare(Home home) {
        return ready(launch(home, Map.of(), Command.NEEDED));
    }

    /** Starts it and returns when its API listens, whether it is ready or not. */
    public static ApplianceProcess startUnready(Home home) {
        ApplianceProcess appliance = launchFast(home);
        appliance.await(answer -> answer.body().matches("(?s).*\"API answers\",\\s*\"status\": *\"UP\".*"));
        return appliance;
    }

    /** What its health endpoint says. */
    public String health(String kind) {
        return management("/q/health/" + kind);
    }

    /** What its management port answers at this path. */
    public String management(String path) {
        try {
            return MANAGER.send(managementRequest(path), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it fast without waiting: it may refuse. */
    public static ApplianceProcess launchFast(Home home) {
        return launch(home, Map.of(), FastStart.ofAppliance());
    }

    /** Waits until it is ready. */
    public ApplianceProcess awaitReady() {
        return ready(this);
    }

    /** Starts it without waiting, where it will end by itself soon. */
    public static ApplianceProcess launchToEnd(Home home, Map<String, String> environment) {
        return launch(home, environment, FastStart.ofAppliance());
    }

    /** Starts it fast with these options of the JVM besides, and returns when it is ready. */
    public static ApplianceProcess startWith(Home home, String... jvmOptions) {
        List<String> all = new ArrayList<>(FastStart.ofAppliance());
        all.addAll(List.of(jvmOptions));
        return ready(launch(home, Map.of(), all));
    }

    private static ApplianceProcess launch(Home home, Map<String, String> environment, List<String> jvmOptions) {
        try {
            Path output = home.folder().resolve("appliance.log");
            List<String> line = new ArrayList<>(Command.java(jvmOptions));
            line.add("-Dsealkeeper.config=" + home.folder().resolve("appliance.yaml"));
            line.add("-jar");
            line.add(Command.app().resolve("quarkus-run.jar").toString());
            ProcessBuilder builder = Command.builder(home.folder(), line)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // where a test failed to end it
            return new ApplianceProcess(home, process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end and gives its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("expected the appliance to end, but it runs:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** kill -9: no hook runs, nothing is flushed. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGSTOP: it does nothing, and does not know. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Command.run(home.folder(), List.of("kill", "-" + name, Long.toString(pid())))
                .succeeded();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM, as a service manager does. */
    @Override
    public void close() {
        process.destroy();
        awaitExit();
    }

    private static ApplianceProcess ready(ApplianceProcess appliance) {
        appliance.await(answer -> answer.statusCode() == 200);
        return appliance;
    }

    private HttpRequest managementRequest(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + home.managementPort() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    private void await(Predicate<HttpResponse<String>> expected) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        HttpRequest ready = managementRequest("/q/health/ready");
        try {
            while (!answers(ready, expected)) {
                boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new AssertionError("expected the appliance to become ready:\n" + output());
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean answers(HttpRequest ready, Predicate<HttpResponse<String>> expected)
            throws InterruptedException {
        try {
            return expected.test(MANAGER.send(ready, BodyHandlers.ofString()));
        } catch (IOException notListening) {
            return false;
        }
    }
}
