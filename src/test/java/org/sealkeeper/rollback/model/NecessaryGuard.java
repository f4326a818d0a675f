package org.sealkeeper.rollback.model;

import java.util.EnumSet;
import java.util.Set;

/** A guard, and the misfortunes in which a height is signed twice without it. */
enum NecessaryGuard {
    PROCESS_MEMORY(1, 1, 0, Misfortune.BACKUP_BROUGHT_BACK),
    TOKEN_BEFORE_SIGNING(1, 2, 0, Misfortune.CRASH, Misfortune.BACKUP_BROUGHT_BACK),
    COMPARE_AT_START(1, 1, 0, Misfortune.BACKUP_BROUGHT_BACK),
    JUDGE_ALL_RECORDS(2, 1, 0, Misfortune.CRASH),
    LOOK_AFTER_WRITE(2, 0, 0),
    REVOKE_PERMITS(2, 0, 0),
    LOOK_AGAIN_AT_START(2, 0, 0),
    TAKE_WHAT_WAS_JUDGED(2, 0, 0),
    REMOVE_ONLY_THE_COMPARED(2, 1, 0, Misfortune.BACKUP_BROUGHT_BACK),
    GIVE_UP_NOTHING_THAT_COUNTS(1, 1, 0, Misfortune.MACHINE_TURNED_BACK),
    VOID_CLAIMS_BELOW_RAISED_HEAD(1, 1, 1, Misfortune.CRASH),
    VOID_CLAIMS_BELOW_EVERY_HEAD(1, 1, 1, Misfortune.CRASH),
    COMPARE_OWN_OBJECTS_BEFORE_WRITE(1, 1, 0, Misfortune.MACHINE_TURNED_BACK),
    TWO_OBJECTS_IN_TURN(1, 2, 0, Misfortune.WRITE_INTERRUPTED, Misfortune.BACKUP_BROUGHT_BACK);

    private final int processes;
    private final int count;
    private final int acceptances;

    @SuppressWarnings("ImmutableEnumChecker") // a copy, which cannot be changed
    private final Set<Misfortune> misfortunes;

    NecessaryGuard(int processes, int count, int acceptances, Misfortune... misfortunes) {
        this.processes = processes;
        this.count = count;
        this.acceptances = acceptances;
        this.misfortunes = Set.of(misfortunes);
    }

    Guard guard() {
        return Guard.valueOf(name());
    }

    Exploration.Outcome exploreWithout() {
        var protocol = new Protocol(EnumSet.of(guard()), misfortunes, processes, 1);
        return new Exploration(protocol, World.beginning(count, acceptances)).explore();
    }
}
