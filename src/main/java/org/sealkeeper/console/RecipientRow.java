package org.sealkeeper.console;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.keys.Recipient;

/**
 * A recipient of data keys in a line.
 *
 * @param subject of its certificate
 * @param retiredAt empty while data keys may be released to it
 */
record RecipientRow(
        String name, String subject, Instant certificateEnds, Instant enrolledAt, Optional<Instant> retiredAt) {

    static RecipientRow of(Recipient recipient) {
        return new RecipientRow(
                recipient.name().value(),
                recipient.certificate().getSubjectX500Principal().getName(),
                recipient.certificate().getNotAfter().toInstant(),
                recipient.enrolledAt(),
                recipient.retiredAt());
    }
}
