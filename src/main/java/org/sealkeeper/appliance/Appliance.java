package org.sealkeeper.appliance;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.config.FileFault;
import org.sealkeeper.files.OwnFolder;
import org.sealkeeper.http.listener.LibrarySwitches;
import org.sealkeeper.http.listener.ListenerSettings;

/**
 * The service's entry point: {@code java -Dsealkeeper.config=appliance.yaml -jar quarkus-run.jar}.
 *
 * <p>Exit codes: 0 stopped, 2 refused to start because something is not as declared, 3 the token, the store or the network
 * failed at start.
 */
@QuarkusMain
public final class Appliance {
    static final String CONFIG_PROPERTY = "sealkeeper.config";

    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    private Appliance() {}

    public static void main(String[] arguments) {
        HangUp.ignoreUntilStarted();
        try {
            ApplianceFile settings = check();
            ListenerSettings.during(settings, () -> Quarkus.run(null, Appliance::exit, arguments));
        } catch (ConfigurationFault | FileFault fault) {
            exit(1, fault);
        }
    }

    /** All that can be refused before the framework starts. */
    private static ApplianceFile check() {
        ForeignSettings.ofThisProcess().refuse();
        requireUtf8();
        takeOwnTemporaryFolder();
        ApplianceFile settings = ApplianceFile.read(configFile());
        settings.tls().requireFiles();
        LibrarySwitches.all().forEach(System::setProperty);
        return settings;
    }

    /**
     * Vert.x and the libraries with native parts keep files under fixed names in the temporary folder, where another user may have
     * made them before us. They ask for this property when they are first used.
     */
    private static void takeOwnTemporaryFolder() {
        String shared = System.getProperty(TEMPORARY_FOLDER, "/tmp");
        try {
            System.setProperty(TEMPORARY_FOLDER, OwnFolder.in(Path.of(shared)).toString());
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new ConfigurationFault(
                    "expected a temporary folder that can be written, found " + shared + ": " + e
                            + "; correct its permissions, or name another with -D" + TEMPORARY_FOLDER + "=FOLDER",
                    e);
        } catch (IOException e) {
            throw FileFailure.unwritable(Path.of(shared), e);
        }
    }

    /** Paths are decoded by the locale, and the JVM has no option for another encoding. */
    private static void requireUtf8() {
        String found = System.getProperty("sun.jnu.encoding", "none");
        if (!found.equalsIgnoreCase("UTF-8")) {
            throw new ConfigurationFault(
                    "expected a locale whose encoding is UTF-8, found " + found
                            + ": names and paths would lose characters; start it with LC_ALL=C.UTF-8, as deployment/serve does");
        }
    }

    static Path configFile() {
        return Path.of(System.getProperty(CONFIG_PROPERTY, "appliance.yaml"));
    }

    /** Says what an operator can act upon, alone on one line; only what is unexpected comes with its stack trace. */
    private static void exit(int code, @Nullable Throwable failure) {
        if (failure == null) {
            System.exit(code);
            return;
        }
        FailedStart.of(failure)
                .ifPresentOrElse(
                        expected -> {
                            System.err.println("sealkeeper: " + expected.message());
                            System.exit(expected.exitCode());
                        },
                        () -> {
                            System.err.println("sealkeeper: failed to start");
                            failure.printStackTrace();
                            System.exit(FailedStart.FAILED);
                        });
    }
}
