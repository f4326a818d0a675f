package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What the log tells of backups: whether the catalogue was exported after the last change of keys. */
public final class BackupChecks {
    /** Of the log. */
    public static final List<Check<LogFacts>> LOG =
            List.of(new Check<>("catalogue-export", Safeguard.BACKUP, BackupChecks::catalogue));

    private static final String ABOUT = "the catalogue";
    private static final String EXPECTED = "an export after each change of keys";
    private static final String REMEDY = "sealkeeper catalogue export --out FILE, and keep the file on another machine";

    private BackupChecks() {}

    private static Stream<Answer> catalogue(LogFacts log, Instant now) {
        Optional<Instant> exported = log.exported();
        if (log.changed().isEmpty()) {
            return Stream.of(Check.right(ABOUT, "no key was changed yet"));
        }
        Instant changed = log.changed().get();
        if (exported.isEmpty()) {
            return Stream.of(Check.weak(ABOUT, Severity.MEDIUM, EXPECTED, "it was never exported", REMEDY));
        }
        String found = "exported on " + Ends.text(exported.get()) + ", keys last changed on " + Ends.text(changed);
        return Stream.of(
                exported.get().isBefore(changed)
                        ? Check.weak(ABOUT, Severity.MEDIUM, EXPECTED, found, REMEDY)
                        : Check.right(ABOUT, found));
    }
}
