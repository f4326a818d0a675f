package org.sealkeeper.appliance;

import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;

/**
 * Settings beside {@code appliance.yaml} that say what is listened on, how TLS is judged or what is logged. The framework reads the
 * environment, system properties and files of the working folder, and the JDK reads system properties. Whatever of it is there ends the
 * start, by its name. {@link org.sealkeeper.http.listener.ListenerSettings} outranks some of them, and most have no field there.
 *
 * @param environment the names of its variables
 * @param jvmArguments what the JVM was told, on the command line and by {@code JAVA_TOOL_OPTIONS} and its like
 * @param workingFolder where the framework looks for files
 */
record ForeignSettings(Collection<String> environment, List<String> jvmArguments, Path workingFolder) {
    /**
     * Names the framework reads, in all the ways it takes them: {@code quarkus.http.port}, {@code QUARKUS_HTTP_PORT}, and for a
     * profile {@code %prod.quarkus.http.port} or {@code _PROD_QUARKUS_HTTP_PORT}.
     */
    private static final Pattern FRAMEWORK =
            Pattern.compile("([%_].*[^a-z0-9])?(quarkus|smallrye|mp)[^a-z0-9].*", Pattern.CASE_INSENSITIVE);

    /** System properties that say where files are, how text is encoded, or which way out of the network leads. */
    private static final Pattern HARMLESS = Pattern.compile(
            "sealkeeper\\.config|java\\.io\\.tmpdir|(file|sun\\.jnu|native|stdout|stderr|stdin)\\.encoding|java\\.library\\.path"
                    + "|org\\.sqlite\\.(tmpdir|lib\\.path|lib\\.name)|vertx\\.cacheDirBase|io\\.netty\\.native\\.workdir"
                    + "|jna\\.tmpdir|com\\.amazon\\.corretto\\.crypto\\.provider\\.useExternalLib|(http|https)\\.(proxyHost|proxyPort|nonProxyHosts)");

    /** Code that runs before ours, or a debugger's door. */
    private static final Set<String> AGENTS = Set.of("-agentlib:", "-agentpath:", "-javaagent:");

    static ForeignSettings ofThisProcess() {
        return new ForeignSettings(
                System.getenv().keySet(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Path.of("").toAbsolutePath());
    }

    /**
     * Ends the start where there are any.
     *
     * @throws ConfigurationFault naming all of them
     */
    void refuse() {
        Set<String> found = new TreeSet<>();
        environment.stream().filter(ForeignSettings::isOfTheFramework).forEach(name -> found.add("$" + name));
        jvmArguments.stream().flatMap(ForeignSettings::complaint).forEach(found::add);
        files().forEach(file -> names(file)
                .filter(ForeignSettings::isOfTheFramework)
                .forEach(name -> found.add("'" + name + "' in " + file)));
        if (!found.isEmpty()) {
            throw new ConfigurationFault(
                    "expected appliance.yaml alone to say what is listened on, how TLS is judged and"
                            + " what is logged, found " + String.join(", ", found)
                            + "; unset them: what appliance.yaml has no field for is fixed");
        }
    }

    private static boolean isOfTheFramework(String name) {
        return FRAMEWORK.matcher(name).matches();
    }

    private static Stream<String> complaint(String argument) {
        if (argument.startsWith("-D")) {
            String name = argument.substring(2).split("=", 2)[0];
            return HARMLESS.matcher(name).matches() ? Stream.of() : Stream.of("-D" + name);
        }
        return AGENTS.stream().filter(argument::startsWith).map(agent -> agent + "…");
    }

    /** Those the framework would read (smallrye-config: {@code .env}, and application.properties with its profiles). */
    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        Path environmentFile = workingFolder.resolve(".env");
        if (Files.exists(environmentFile)) {
            files.add(environmentFile);
        }
        Path folder = workingFolder.resolve("config");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "application*.properties")) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw FileFailure.unreadable(folder, e);
            }
        }
        return files;
    }

    private static Stream<String> names(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            var properties = new Properties();
            properties.load(text);
            return properties.stringPropertyNames().stream();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new ConfigurationFault(
                    file + ": cannot be read, and the framework might: " + e.getMessage() + "; move it away", e);
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }
}
