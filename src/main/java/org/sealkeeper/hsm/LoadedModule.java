package org.sealkeeper.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.StaticLogger;

/**
 * PKCS#11 libraries in this process, each loaded and initialized once.
 *
 * <p>A library's state belongs to the process, so the one object that owns it does too: two owners would log each other
 * out, and the wrapper unloads a library when its owner is garbage, with calls still in flight. It is never finalized: in
 * the exit path of the JVM, or beside a call in flight, {@code C_Finalize} crashes the process.
 */
final class LoadedModule {
    private static final ConcurrentMap<Path, PKCS11Module> LOADED = new ConcurrentHashMap<>();

    private LoadedModule() {}

    /**
     * The library of this kind of token, initialized.
     *
     * @throws ConfigurationFault if none of the profile's candidates is there, or the first is no PKCS#11 library for this machine
     * @throws HsmFault if it does not initialize: its token, its service or its own configuration may not be there yet
     */
    static PKCS11Module of(TokenProfile profile) {
        Path library = profile.modules().stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(profile.kind(), profile.modules()));
        return LOADED.computeIfAbsent(library, LoadedModule::load);
    }

    private static PKCS11Module load(Path library) {
        StaticLogger.setLogger(new QuietLogger());
        try {
            PKCS11Module module = PKCS11Module.getInstance(library.toString());
            module.initialize();
            return module;
        } catch (UnsatisfiedLinkError e) {
            // Only the library that is ours can be missing so: a token's own is opened by it.
            throw new ConfigurationFault(
                    "the native library of the PKCS#11 wrapper cannot be loaded (" + e.getMessage()
                            + "): where it was not installed, it is unpacked into "
                            + System.getProperty("java.io.tmpdir")
                            + ", which must be writable and not mounted noexec; start this with the scripts of deployment/,"
                            + " or tell the JVM -Djava.library.path=FOLDER of the libraries",
                    e);
        } catch (IOException e) {
            throw new ConfigurationFault(
                    library + ": cannot be loaded as a PKCS#11 library: " + e.getMessage()
                            + "; install the one for this machine, with what it depends on",
                    e);
        } catch (PKCS11Exception e) {
            throw new HsmFault(
                    library + ": C_Initialize answered " + e.getErrorName()
                            + "; see the library's own log and configuration (SoftHSM: SOFTHSM2_CONF)",
                    e);
        }
    }

    private static ConfigurationFault missing(String kind, List<Path> candidates) {
        String places = candidates.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new ConfigurationFault("the PKCS#11 library of " + kind + " is not installed; looked for " + places
                + "; install it, or correct 'modules' in the profile");
    }
}
