package org.sealkeeper.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sealkeeper.hsm.TokenProfile;

/**
 * A PKCS#11 module before SoftHSM that does what a test asks of it, also while a process runs that has loaded it.
 *
 * <p>It has an image of SoftHSM of its own, so that a test JVM can use both; tokens made through the one are seen by the other only once
 * it is initialized anew.
 */
public final class FaultyModule {
    private static final Path PROFILE =
            Path.of("hsm-config/softhsm2/profile.yaml").toAbsolutePath();

    private final Path folder;
    private final FaultControl control;
    private final Map<Integer, TokenFault> faults = new TreeMap<>();
    private int given;

    private FaultyModule(Path folder) throws IOException {
        this.folder = folder;
        this.control = FaultControl.create(folder.resolve("control"));
    }

    /** Puts one into a folder, which is made where it is missing; to another folder belongs another module. */
    public static FaultyModule install(Path folder) {
        try {
            Files.createDirectories(folder);
            var module = new FaultyModule(folder.toAbsolutePath());
            Files.copy(FaultyModuleBuild.library(), module.library());
            Files.copy(softHsm(), folder.resolve("behind.so"));
            Files.writeString(
                    module.profile(),
                    Files.readString(PROFILE)
                            .replaceFirst("modules:\n(  - .*\n)*", "modules: [" + module.library() + "]\n"));
            return module;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path softHsm() {
        return TokenProfile.read(PROFILE).modules().stream()
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("SoftHSM is not installed; deployment/test installs it"));
    }

    /** The library that a process is to load. */
    public Path library() {
        return folder.resolve("faulty.so");
    }

    /** SoftHSM's {@code profile.yaml} with this module. */
    public Path profile() {
        return folder.resolve("profile.yaml");
    }

    /** Has it happen from now on, in every process that has the module, until what this gives is closed. */
    public synchronized InjectedFault inject(TokenFault fault) {
        int number = given++;
        if (number == FaultControl.MOST_FAULTS) {
            throw new IllegalStateException("a module has room for " + number + " faults; install another");
        }
        faults.put(number, fault);
        putInForce();
        return new InjectedFault(this, number, fault);
    }

    /** Ends all faults. */
    public synchronized void clear() {
        faults.clear();
        putInForce();
    }

    /** How often all processes together called a function. */
    public long calls(String function) {
        return control.calls(function);
    }

    /** How many of these calls a fault happened to. */
    public long faults(String function) {
        return control.faults(function);
    }

    synchronized void remove(int number) {
        faults.remove(number);
        putInForce();
    }

    long matched(int number) {
        return control.matched(number);
    }

    private void putInForce() {
        List<String> lines = new ArrayList<>();
        faults.forEach((number, fault) -> lines.add(fault.line(number) + "\n"));
        try {
            Path draft = Files.writeString(folder.resolve("rules.draft"), String.join("", lines));
            Files.move(draft, folder.resolve("rules"), ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        control.announce();
    }
}
