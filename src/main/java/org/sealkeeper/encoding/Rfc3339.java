package org.sealkeeper.encoding;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as RFC 3339 section 5.6 writes them, in UTC and with milliseconds always, so that equal times are equal texts. */
public final class Rfc3339 {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    /** The time, cut to whole milliseconds: {@code yyyy-MM-ddTHH:mm:ss.SSSZ}. */
    public static String milliseconds(Instant time) {
        return MILLISECONDS.format(time);
    }
}
