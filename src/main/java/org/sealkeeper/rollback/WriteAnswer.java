package org.sealkeeper.rollback;

/** What became of a record that was to be written to the tokens. */
enum WriteAnswer {
    /** They remember it. */
    REMEMBERED,
    /** A token failed, and the others are to remember that it has no part in this: the next record is to be written at once. */
    AGAIN,
    /** Another appliance has taken the keys. */
    TAKEN
}
