package org.sealkeeper.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a caller wants to wait for a fuller answer: {@code Prefer: wait=5} (RFC 7240 section 4.3). */
public final class WaitPreference {
    /** Names the answers that were waited for. */
    public static final String APPLIED = "Preference-Applied";

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?([0-9]{1,6})\"?\\s*(?=$|[,;])", Pattern.CASE_INSENSITIVE);

    private WaitPreference() {}

    /** At most 30 seconds, whatever is asked; empty where nothing is, or nothing that can be understood. */
    public static Optional<Duration> of(RoutingContext context) {
        return of(context.request().headers().getAll("Prefer"));
    }

    /** Of several headers, or of one that names it twice, the first counts (RFC 7240 section 2). */
    static Optional<Duration> of(List<String> headers) {
        for (String header : headers) {
            Matcher wait = WAIT.matcher(header);
            if (wait.find()) {
                var asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
                return Optional.of(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
            }
        }
        return Optional.empty();
    }
}
