package org.sealkeeper.rollback.model;

/** What happens to an appliance and to its store. */
enum Misfortune {
    CRASH,
    BACKUP_BROUGHT_BACK,
    STORE_COPIED,
    MACHINE_TURNED_BACK,
    /** To the moment between the comparison of the own objects and the write that follows. */
    MACHINE_TURNED_BACK_INTO_A_WRITE,
    WRITE_FAILED,
    WRITE_INTERRUPTED,
    OBJECT_RISES_AGAIN
}
