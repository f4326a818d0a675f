package org.sealkeeper.http.connection;

/** Why the appliance closes a connection. */
enum EndReason {
    /** The oldest of too many connections without a known caller. */
    TOO_MANY_STRANGERS("too-many-strangers"),
    /** The oldest of too many such connections of one origin. */
    TOO_MANY_OF_ONE_ORIGIN("too-many-of-one-origin"),
    /** The head of a request did not arrive in time. */
    SLOW_REQUEST("slow-request"),
    /** The client does not take its answers. */
    UNREAD_ANSWERS("unread-answers"),
    /** More requests of HTTP/1.1 sent at once than one would without reading any answer. */
    TOO_MANY_AT_ONCE("too-many-at-once"),
    /** A body whose chunks cannot be read. */
    BROKEN_BODY("broken-body"),
    /** More HTTP/2 frames than its requests need. */
    TOO_MANY_FRAMES("too-many-frames"),
    /** A stranger that goes on to ask for more than its share. */
    TOO_MANY_REFUSALS("too-many-refusals");

    private final String label;

    EndReason(String label) {
        this.label = label;
    }

    /** As metrics name it. */
    String label() {
        return label;
    }
}
