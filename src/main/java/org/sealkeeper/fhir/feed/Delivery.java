package org.sealkeeper.fhir.feed;

import java.time.Duration;
import java.util.Optional;

/** What became of a resource that was brought to a FHIR server. */
sealed interface Delivery {
    /** The server has it. */
    record Taken() implements Delivery {}

    /**
     * The server is away, busy, or does not let us in: nothing is wrong with the resource.
     *
     * @param pause for which the server asks
     */
    record Postponed(String why, Optional<Duration> pause) implements Delivery {}

    /** The server does not take this one. */
    record Refused(String why) implements Delivery {}
}
