package org.sealkeeper.rollback.model;

/** What keeps a height from being signed twice. */
enum Guard {
    /** In every transaction the store must have what this process wrote. */
    PROCESS_MEMORY,
    /** The token remembers a claim before the key is asked. */
    TOKEN_BEFORE_SIGNING,
    /** At the start the store must have what the token remembers. */
    COMPARE_AT_START,
    /** It must have what every record says, not only the newest. */
    JUDGE_ALL_RECORDS,
    /** After every write of the token: an appliance whose permit is gone stops. */
    LOOK_AFTER_WRITE,
    /** An appliance that takes the keys destroys the permits of those it takes them from, and then looks again. */
    REVOKE_PERMITS,
    /** Before an appliance makes its records, what the token has must be what it judged. */
    LOOK_BEFORE_TAKING,
    /** After it made its own records, the others' must still be those it judged. */
    LOOK_AGAIN_AT_START,
    /** What is judged is what was there during the whole wait for the lease. */
    JUDGE_WHAT_WAS_AWAITED,
    /** The keys are taken from those that were judged. */
    TAKE_WHAT_WAS_JUDGED,
    /** Only the records that were judged are removed. */
    REMOVE_ONLY_THE_COMPARED,
    /** An appliance that gives up while it starts removes what it made, unless that may be all that remembers. */
    GIVE_UP_NOTHING_THAT_COUNTS,
    /** A failed attempt to write uses up its number. */
    NUMBER_FAILED_ATTEMPTS,
    /** What accept-rollback finds claimed, at or below a head that it raises, is void. */
    VOID_CLAIMS_BELOW_RAISED_HEAD,
    /** So is what it finds at or below a head that the token remembers, and the store is above already. */
    VOID_CLAIMS_BELOW_EVERY_HEAD,
    /** Before a write the own objects must have what was written there. */
    COMPARE_OWN_OBJECTS_BEFORE_WRITE,
    /** An appliance that starts waits until another has written nothing for as long as it may hold the keys. */
    LEASE,
    /** One process at a time works on a store. */
    SERVING_LOCK,
    /** The two objects are written in turn. */
    TWO_OBJECTS_IN_TURN,
    /** A store that has leaves is not for a token that has no record. */
    REFUSE_AN_EMPTY_TOKEN
}
