package org.sealkeeper.hsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.state.Meaning;
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
    private final AtomicInteger generation = new AtomicInteger(1);
    private final List<LibraryUser> tokens = new CopyOnWriteArrayList<>();
    private final Lock recovery = new ReentrantLock();
    private boolean isInitialized;

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
        Library library = loaded(profile);
        library.requireInitialized();
        return library;
    }

    /** As {@link #of}, whether or not it initializes. */
    static Library loaded(TokenProfile profile) {
        Path found = profile.modules().stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(profile.kind(), profile.modules()));
        return LOADED.computeIfAbsent(found, path -> new Library(path, load(path)));
    }

    PKCS11Module module() {
        return module;
    }

    /** One more token of this library is used by this process. */
    void add(LibraryUser token) {
        tokens.add(token);
    }

    void remove(LibraryUser token) {
        tokens.remove(token);
    }

    /** Whether callers use another of its tokens now, and would have to wait for {@link #reinitialize}. */
    boolean isUsedBeside(LibraryUser token) {
        return tokens.stream().anyMatch(other -> other != token && other.isUsed());
    }

    /** Held while one of its tokens is let in anew: no other one is meanwhile, and the library is not initialized anew. */
    Lock recovery() {
        return recovery;
    }

    private synchronized void requireInitialized() {
        if (!isInitialized) {
            initialize();
        }
    }

    /** How often it was initialized: handles of an earlier time mean nothing now, or another object. */
    int generation() {
        return generation.get();
    }

    /**
     * Lets no call into any of its tokens, and once none is in flight, forgets all its state, and begins anew. The other tokens are let in anew
     * when they are used next. {@link #recovery} must be held.
     *
     * @param recovering the token for which this is done; no call is in it
     * @param patience for the calls that are in flight in others
     * @throws HsmFault if they do not return, or it does not initialize; in the second case it is without state
     */
    void reinitialize(LibraryUser recovering, Duration patience) throws InterruptedException {
        List<LibraryUser> others =
                tokens.stream().filter(token -> token != recovering).toList();
        try {
            for (LibraryUser other : others) {
                if (!other.calls().close(patience)) {
                    throw new HsmFault(
                            Meaning.OWN_FAULT, "calls that are in another token of the library do not return");
                }
            }
            reinitialize();
        } finally {
            others.forEach(other -> other.calls().open());
        }
    }

    private synchronized void reinitialize() {
        generation.incrementAndGet();
        isInitialized = false;
        try {
            module.finalize(null);
        } catch (PKCS11Exception e) {
            // It may have lost its state already, and that is why we are here.
            LOG.log(System.Logger.Level.DEBUG, "C_Finalize answered {0}", e.getErrorName());
        }
        initialize();
    }

    private void initialize() {
        try {
            module.initialize();
            isInitialized = true;
        } catch (PKCS11Exception e) {
            throw HsmFault.ofInitialization(path, e);
        }
    }

    private static PKCS11Module load(Path library) {
        StaticLogger.setLogger(new QuietLogger());
        try {
            return PKCS11Module.getInstance(library.toString());
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
        }
    }

    private static ConfigurationFault missing(String kind, List<Path> candidates) {
        String places = candidates.stream().map(Path::toString).collect(Collectors.joining(", "));
        return new ConfigurationFault("the PKCS#11 library of " + kind + " is not installed; looked for " + places
                + "; install it, or correct 'modules' in the profile");
    }
}
