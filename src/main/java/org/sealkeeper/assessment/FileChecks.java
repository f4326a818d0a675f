package org.sealkeeper.assessment;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of each file that the appliance relies on. */
public final class FileChecks {
    private static final Set<PosixFilePermission> WRITE = EnumSet.of(GROUP_WRITE, OTHERS_WRITE);
    private static final Set<PosixFilePermission> ANY =
            EnumSet.of(GROUP_READ, GROUP_WRITE, GROUP_EXECUTE, OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE);

    /** Of each of some files. */
    public static final List<Check<List<WatchedFile>>> FILES =
            List.of(new Check<>("file-mode", Safeguard.ACCESS_CONTROL, FileChecks::modes));

    /** Of all of them. */
    public static final List<Check<List<WatchedFile>>> OWNERS =
            List.of(new Check<>("file-owner", Safeguard.ACCESS_CONTROL, FileChecks::owners));

    private static final String ROOT = "root";

    private FileChecks() {}

    private static Stream<Answer> modes(List<WatchedFile> files, Instant now) {
        return files.stream().map(FileChecks::mode);
    }

    private static Answer mode(WatchedFile file) {
        boolean isOwners = Collections.disjoint(file.modes(), ANY);
        boolean isWritten = !Collections.disjoint(file.modes(), WRITE);
        return switch (file.kind()) {
            case SECRET -> judge(file, isOwners, Severity.HIGH, "its owner alone", "go=");
            case PRIVATE ->
                judge(file, isOwners, isWritten ? Severity.HIGH : Severity.MEDIUM, "its owner alone", "go=");
            case TRUSTED -> judge(file, !isWritten, Severity.HIGH, "its owner alone to write", "go-w");
        };
    }

    private static Answer judge(WatchedFile file, boolean isRight, Severity severity, String expected, String change) {
        String found = PosixFilePermissions.toString(file.modes());
        return isRight
                ? Check.right(file.path().toString(), found)
                : Check.weak(
                        file.path().toString(),
                        severity,
                        "a mode for " + expected,
                        found,
                        "chmod " + change + " " + file.path());
    }

    /** One user runs the appliance: another one who owns a secret, or what is trusted, can change it. */
    private static Stream<Answer> owners(List<WatchedFile> files, Instant now) {
        List<String> owners = files.stream()
                .map(WatchedFile::owner)
                .filter(owner -> !owner.equals(ROOT))
                .distinct()
                .sorted()
                .toList();
        return Stream.of(
                owners.size() > 1
                        ? Check.weak(
                                "all files",
                                Severity.MEDIUM,
                                "one owner beside root",
                                String.join(", ", owners),
                                "chown them to the user that runs the appliance")
                        : Check.right("all files", owners.isEmpty() ? ROOT : owners.getFirst()));
    }
}
