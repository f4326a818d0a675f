package org.sealkeeper.appliance;

import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Says in the log that something ends soon, and that it has ended: once each, for one thread. */
final class Deadline {
    private static final Logger LOG = Logger.getLogger(Deadline.class);

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
                case FAR -> LOG.infof("%s ends at %s", what, end);
                case NEAR -> LOG.warnf("%s ends soon, at %s: replace the file", what, end);
                case OVER -> LOG.errorf("%s ended at %s: callers are refused until the file is replaced", what, end);
            }
        }
    }
}
