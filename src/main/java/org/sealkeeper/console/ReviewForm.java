package org.sealkeeper.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.sealkeeper.envelope.emergency.EmergencyReviews;
import org.sealkeeper.envelope.emergency.ReviewNote;
import org.sealkeeper.envelope.emergency.ReviewVerdict;

/** The form of a review, read by ourselves: what the framework says of a malformed one repeats it, and a note may be about a patient. */
final class ReviewForm {
    private static final String VERDICT = "verdict";
    private static final String NOTE = "note";
    private static final int FIELDS = 2;

    /** What a note of a thousand characters may need. */
    private static final int MOST_BYTES = 16 << 10;

    private ReviewForm() {}

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @throws IllegalArgumentException saying what was expected, and nothing of what was found
     */
    static EmergencyReviews.Finding read(long emergency, byte[] body) {
        Map<String, String> fields = fields(body);
        return new EmergencyReviews.Finding(
                emergency,
                ReviewVerdict.named(fields.getOrDefault(VERDICT, ""))
                        .orElseThrow(
                                () -> new IllegalArgumentException("expected the verdict justified or not-justified")),
                new ReviewNote(fields.getOrDefault(NOTE, "")));
    }

    private static Map<String, String> fields(byte[] body) {
        String[] pairs = body.length > MOST_BYTES ? new String[0] : new String(body, US_ASCII).split("&", FIELDS + 1);
        Map<String, String> fields = new HashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        if (pairs.length != FIELDS || !fields.keySet().equals(Set.of(VERDICT, NOTE))) {
            throw new IllegalArgumentException("expected a form with a verdict and a note");
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException repeatsTheText) {
            throw new IllegalArgumentException("expected a form in UTF-8, with percent signs before hex digits");
        }
    }
}
