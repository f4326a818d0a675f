package org.sealkeeper.http.connection;

import java.util.concurrent.TimeUnit;

/** What a client has begun to send, and must send whole in time: the head of a request, or a frame. Times are of {@link Connections#now}. */
final class Arrival {
    /** Far longer than any network needs for 32 KiB. */
    static final int SECONDS = 10;

    private long begun;
    private boolean isUnderWay;

    /** Begins anew, if it is under way. */
    void begin(long now) {
        begun = now;
        isUnderWay = true;
    }

    /** Goes on, if it is under way: another byte wins no time. */
    void goOn(long now) {
        if (!isUnderWay) {
            begin(now);
        }
    }

    void end() {
        isUnderWay = false;
    }

    boolean isOverdue(long now) {
        return isUnderWay && now - begun > TimeUnit.SECONDS.toNanos(SECONDS);
    }
}
