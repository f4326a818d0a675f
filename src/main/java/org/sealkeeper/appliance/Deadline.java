package org.sealkeeper.appliance;

import java.time.Duration;
import java.time.Instant;

/** Says in the log that something ends soon, and that it has ended: once each, for one thread. */
final class Deadline {
    private static final System.Logger LOG = System.getLogger(Deadline.class.getName());

    private final String what;
    private final Duration notice;
    private Stage said = Stage.FAR;

    private enum Stage {
        FAR,
        NEAR,
        OVER
    }

    Deadline(String what, Duration notice) {
        this.what = what;
        this.notice = notice;
    }

    /** A later end begins anew. */
    void look(Instant end, Instant now) {
        Stage stage = now.isAfter(end) ? Stage.OVER : now.isAfter(end.minus(notice)) ? Stage.NEAR : Stage.FAR;
        if (stage != said) {
            said = stage;
            switch (stage) {
                case FAR -> LOG.log(System.Logger.Level.INFO, "{0} ends at {1}", what, end);
                case NEAR -> LOG.log(System.Logger.Level.WARNING, "{0} ends soon, at {1}: replace the file", what, end);
                case OVER ->
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "{0} ended at {1}: callers are refused until the file is replaced",
                            what,
                            end);
            }
        }
    }
}
