package org.sealkeeper.rollback.model;

import java.util.EnumSet;
import java.util.Set;

/** Within which the protocol is known to hold: so many processes at a time, heights, misfortunes and accepted rollbacks. */
enum Bounds {
    ONE_PROCESS_AND_TWO_MISFORTUNES(1, 1, 2, 1, false),
    ONE_PROCESS_AND_TWO_HEIGHTS(1, 2, 1, 1, false),
    TWO_PROCESSES_AND_NO_MISFORTUNE(2, 1, 0, 0, false),
    ONE_PROCESS_AND_THREE_MISFORTUNES(1, 1, 3, 1, true),
    ONE_PROCESS_TWO_HEIGHTS_AND_TWO_MISFORTUNES(1, 2, 2, 1, true),
    TWO_PROCESSES_AND_A_MISFORTUNE(2, 1, 1, 0, true);

    private final int processes;
    private final int highest;
    private final int misfortunes;
    private final int acceptances;
    private final boolean large;

    Bounds(int processes, int highest, int misfortunes, int acceptances, boolean large) {
        this.processes = processes;
        this.highest = highest;
        this.misfortunes = misfortunes;
        this.acceptances = acceptances;
        this.large = large;
    }

    boolean isLarge() {
        return large;
    }

    /** Any misfortune but one that the protocol does not guard against. */
    Exploration.Outcome explore(Set<Guard> missing) {
        Set<Misfortune> any = EnumSet.allOf(Misfortune.class);
        any.remove(Misfortune.MACHINE_TURNED_BACK_INTO_A_WRITE);
        var protocol = new Protocol(missing, any, processes, highest);
        return new Exploration(protocol, World.beginning(misfortunes, acceptances)).explore();
    }
}
