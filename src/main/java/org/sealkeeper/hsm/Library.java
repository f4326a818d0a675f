package org.sealkeeper.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.StaticLogger;

/**
 * A PKCS#11 library in this process, loaded once.
 *
 * <p>A library's state belongs to the process, so the one object that owns it does too: two owners would log each other
 * out, and the wrapper unloads a library when its owner is garbage, with calls still in flight. It is finalized only to be initialized
 * anew, with no call in flight, and never in the exit path of the JVM: {@code C_Finalize} would crash the process.
 */
final class Library {
    private static final System.Logger LOG = System.getLogger(Library.class.getName());
    private static final ConcurrentMap<Path, Library> LOADED = new ConcurrentHashMap<>();

    private final Path path;
    private final PKCS11Module module;
    private final CallGate calls = new CallGate();
    private final AtomicInteger generation = new AtomicInteger(1);

    private Library(Path path, PKCS11Module module) {
        this.path = path;
        this.module = module;
    }

    /**
     * The library of this kind of token, initialized.
     *
     * @throws ConfigurationFault if none of the profile's candidates is there, or the first is no PKCS#11 library for this machine
     * @throws HsmFault if it does not initialize: its token, its service or its own configuration may not be there yet
     */
    static Library of(TokenProfile profile) {
        Path found = profile.modules().stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(profile.kind(), profile.modules()));
        return LOADED.computeIfAbsent(found, path -> new Library(path, load(path)));
    }

    PKCS11Module module() {
        return module;
    }

    /** What every call of callers' work passes. */
    CallGate calls() {
        return calls;
    }

    /** How often it was initialized: handles of an earlier time mean nothing now, or another object. */
    int generation() {
        return generation.get();
    }

    /**
     * Forgets all its state, and begins anew. No call may be in flight.
     *
     * @throws HsmFault if it does not initialize; it is then without state
     */
    void reinitialize() {
        generation.incrementAndGet();
        try {
            module.finalize(null);
        } catch (PKCS11Exception e) {
            // It may have lost its state already, and that is why we are here.
            LOG.log(System.Logger.Level.DEBUG, "C_Finalize answered {0}", e.getErrorName());
        }
        try {
            module.initialize();
        } catch (PKCS11Exception e) {
            throw HsmFault.ofInitialization(path, e);
        }
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
            throw HsmFault.ofInitialization(library, e);
        }
    }

    private static ConfigurationFault missing(String kind, List<Path> candidates) {
        String places = candidates.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new ConfigurationFault("the PKCS#11 library of " + kind + " is not installed; looked for " + places
                + "; install it, or correct 'modules' in the profile");
    }
}
