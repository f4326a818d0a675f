package org.sealkeeper.config;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * What some files say while they are valid: changed ones take effect together, as a whole, and bad ones change nothing and are
 * complained about.
 */
public final class InForce<T> {
    private final List<Path> paths;
    private final Function<List<FileContent>, T> reading;
    private final Succession<T> succession;
    private final Function<Path, FileContent> file;
    private volatile T current;
    private volatile @Nullable ConfigurationFault rejected;
    /** The files that say what is in force, and those that were there at the last look. */
    private List<FileContent> taken;

    private List<FileContent> seen;

    /** Writes down what happens to the files. If it throws, it did not happen, and will be tried again. */
    public interface Recorder<T> {

        /**
         * What other files say is about to take effect.
         *
         * @param digest of the files, as {@link InForce#digest}
         */
        void taken(T changed, String digest);

        /** The files as they are now will not take effect; called once for each complaint. */
        void rejected(ConfigurationFault fault);
    }

    /** Which may follow which: a rule beyond what each must be by itself. */
    @FunctionalInterface
    public interface Succession<T> {

        /**
         * Lets it follow.
         *
         * @throws ConfigurationFault if this must not take the place of what is in force
         */
        void require(T changed, T inForce);
    }

    private InForce(
            List<Path> paths,
            Function<List<FileContent>, T> reading,
            Succession<T> succession,
            Function<Path, FileContent> file) {
        this.paths = List.copyOf(paths);
        this.file = file;
        this.reading = reading;
        this.succession = succession;
        this.taken = read();
        this.seen = taken;
        this.current = reading.apply(taken);
    }

    /**
     * Puts what the files say now in force.
     *
     * @param reading gets the files in the order of the paths, and throws ConfigurationFault for whatever is wrong with them
     * @throws ConfigurationFault what {@code reading} throws
     * @throws FileFault if a disk failed
     */
    public static <T> InForce<T> load(List<Path> paths, Function<List<FileContent>, T> reading) {
        return load(paths, reading, (changed, inForce) -> {});
    }

    /** As above, where not everything may take the place of what is in force. */
    public static <T> InForce<T> load(
            List<Path> paths, Function<List<FileContent>, T> reading, Succession<T> succession) {
        return new InForce<>(paths, reading, succession, FileContent::read);
    }

    /**
     * As above, of a file whose bytes are not kept.
     *
     * @param check reads the file by itself, keeps nothing of it, and throws ConfigurationFault if it cannot be used
     * @param key a random one of this process
     */
    public static InForce<Path> ofSecret(Path path, Consumer<Path> check, SecretKey key) {
        return new InForce<>(
                List.of(path),
                read -> {
                    check.accept(path);
                    return path;
                },
                (changed, inForce) -> {},
                each -> FileContent.ofSecret(each, key));
    }

    /** What is in force now: the same object until other files take effect. */
    public T current() {
        return current;
    }

    /** Why the files as they are now are not in force; empty where they are. */
    public Optional<ConfigurationFault> rejected() {
        return Optional.ofNullable(rejected);
    }

    /**
     * Lets other files take effect once two looks in a row found the same: a certificate and its key are seldom replaced at one
     * instant, and a file that is being written is seldom whole.
     */
    public synchronized void look(Recorder<? super T> recorder) {
        List<FileContent> now = read();
        boolean stoodStill = now.equals(seen);
        seen = now;
        if (now.equals(taken)) {
            rejected = null;
        } else if (stoodStill) {
            take(now, recorder);
        }
    }

    private void take(List<FileContent> files, Recorder<? super T> recorder) {
        try {
            T changed = reading.apply(files);
            succession.require(changed, current);
            recorder.taken(changed, digest(files));
            current = changed;
            taken = files;
            rejected = null;
        } catch (ConfigurationFault fault) {
            reject(fault, recorder);
        } catch (FileFault fault) {
            // What is in force stays so; a disk that fails now must be as visible as a file that is wrong.
            reject(new ConfigurationFault(String.valueOf(fault.getMessage()), fault), recorder);
        }
    }

    private void reject(ConfigurationFault fault, Recorder<? super T> recorder) {
        if (!isKnown(fault)) {
            recorder.rejected(fault);
            rejected = fault;
        }
    }

    private boolean isKnown(ConfigurationFault fault) {
        return rejected().map(Throwable::getMessage).equals(Optional.ofNullable(fault.getMessage()));
    }

    /** The SHA-256, in lowercase hex, of the bytes of all files that are in force, one after the other: {@code cat … | sha256sum}. */
    public synchronized String digest() {
        return digest(taken);
    }

    private static String digest(List<FileContent> files) {
        MessageDigest sha256 = sha256();
        files.forEach(file -> sha256.update(file.bytes()));
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private List<FileContent> read() {
        return paths.stream().map(file).toList();
    }
}
