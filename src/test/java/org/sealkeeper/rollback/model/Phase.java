package org.sealkeeper.rollback.model;

/** What an appliance does next: one call of the token, or one transaction of the store. */
enum Phase {
    GONE,
    RECALL,
    AWAIT,
    RECALL_AGAIN,
    JUDGE,
    LOOK_BEFORE_TAKING,
    MAKE_FIRST,
    MAKE_SECOND,
    MAKE_PERMIT,
    REVOKE,
    LOOK_AGAIN,
    GIVE_UP,
    REMOVE,
    SERVE,
    COMPARE_OWN,
    WRITE,
    LOOK
}
