package org.sealkeeper.ceremony;

import java.util.List;

/** Whether the changes of a request may be made. */
public sealed interface Verdict {

    /**
     * They may.
     *
     * @param by in the order of their approvals; empty where there are no officers
     */
    record Approved(List<OfficerName> by) implements Verdict {
        public Approved {
            by = List.copyOf(by);
        }
    }

    /**
     * They may not.
     *
     * @param why what was expected, and what was found
     */
    record Refused(String why) implements Verdict {}
}
