package org.sealkeeper.http.connection;

/**
 * How many HTTP/2 frames a client may send beside its requests and their bodies: settings, pings, priorities, window updates, resets,
 * empty ones. An honest client sends a few at the beginning, a few for each request, and at most two for what it receives.
 */
final class FrameBudget {
    static final int AT_FIRST = 1_000;
    static final int FOR_A_REQUEST = 10;
    static final int FOR_AN_ANSWERING_FRAME = 4;

    /** What a long connection did not use does not become a flood. */
    static final int MOST = 10_000;

    private int left = AT_FIRST;

    void earn(int frames) {
        left = Math.min(left + frames, MOST);
    }

    void spend() {
        left--;
    }

    boolean isOverdrawn() {
        return left < 0;
    }
}
