package org.sealkeeper.appliance;

/** What is done to an appliance under load. */
enum StormHarm {
    /** kill -9. */
    KILL,
    /** kill -9, and an older store is brought back before the next start. */
    KILL_AND_RESTORE,
    /** Stopped for longer than the lease, while no other appliance takes the keys. */
    PAUSE,
    /** Stopped for longer than the lease, while a copy of the home takes the keys. */
    PAUSE_AND_COPY,
    /** A copy of the home is started beside it. */
    COPY,
    /** An older backup is restored into the open store. */
    RESTORE,
    /** The open store's file is overwritten with an older one. */
    OVERWRITE,
    /** An older file is moved in place of the open store's. */
    REPLACE,
    /** The open store's files are deleted. */
    REMOVE,
    /** The open store's file is cut to nothing. */
    TRUNCATE,
    /** The store's folder is gone, as that of a server is; it comes back, with all that is in it. */
    VANISH,
    /** The token's memory is full for a while. */
    FORGET,
    /** A copy is made of a store that has a claim without a signature, and is started when the original has gone on and died. */
    COPY_OF_A_CLAIM
}
