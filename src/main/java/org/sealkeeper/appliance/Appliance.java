package org.sealkeeper.appliance;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.http.ListenerSettings;

/**
 * The service's entry point: {@code java -Dsealkeeper.config=appliance.yaml -jar quarkus-run.jar}.
 *
 * <p>Exit codes: 0 stopped, 2 refused to start because something is not as declared, 3 the token, the store or the network
 * failed at start.
 */
@QuarkusMain
public final class Appliance {
    static final String CONFIG_PROPERTY = "sealkeeper.config";

    private Appliance() {}

    public static void main(String[] arguments) {
        HangUp.isNoReasonToEnd();
        try {
            ForeignSettings.ofThisProcess().refuse();
            ApplianceFile settings = ApplianceFile.read(configFile());
            settings.tls().requireFiles();
            ListenerSettings.of(settings).forEach(System::setProperty);
        } catch (ConfigurationFault fault) {
            exit(1, fault);
        }
        Quarkus.run(null, Appliance::exit, arguments);
    }

    static Path configFile() {
        return Path.of(System.getProperty(CONFIG_PROPERTY, "appliance.yaml"));
    }

    /** Says what an operator can act upon, alone on one line; only what nobody expected comes with its stack trace. */
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
