package org.sealkeeper.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;
import org.sealkeeper.keys.RewrapWindow;

/** Whether rewrap windows were closed: while one is open, the token protects data keys less. */
public final class WindowChecks {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Of all that there are or were. */
    public static final List<Check<List<RewrapWindow>>> WINDOWS =
            List.of(new Check<>("rewrap-window-open", Safeguard.ACCESS_CONTROL, WindowChecks::open));

    private WindowChecks() {}

    private static Stream<Answer> open(List<RewrapWindow> windows, Instant now) {
        List<Answer> open = windows.stream()
                .filter(window -> window.closedAt().isEmpty())
                .map(window -> judge(window, now))
                .toList();
        return open.isEmpty() ? Stream.of(Check.right("rewrap windows", "none is open")) : open.stream();
    }

    private static Answer judge(RewrapWindow window, Instant now) {
        String about = "key-encryption key '" + window.alias() + "'";
        String found = "open since " + Ends.text(window.openedAt());
        return Duration.between(window.openedAt(), now).compareTo(LONGEST) > 0
                ? Check.weak(
                        about,
                        Severity.HIGH,
                        "a rewrap window to be closed within the hour",
                        found,
                        "sealkeeper rewrap-window close --alias " + window.alias())
                : Check.right(about, found);
    }
}
