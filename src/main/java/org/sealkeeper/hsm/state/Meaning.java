package org.sealkeeper.hsm.state;

/**
 * What an answer of the token other than success means, and what follows for the session, the request and the token. {@link ReturnValues}
 * says which return value means what. {@code docs/operations/hsm-errors.md} is this table for operators.
 */
public enum Meaning {
    /** No failure: what was wanted is the case already. */
    NO_FAILURE(Session.KEEP, Repeat.NEVER, Effect.NONE),
    /** The token does not do what it was asked in this way: a fault of the profile, of a key, or ours. */
    WRONG_REQUEST(Session.CLOSE, Repeat.NEVER, Effect.NONE),
    /** What the key's attributes or the token's policy forbid. */
    FORBIDDEN(Session.CLOSE, Repeat.NEVER, Effect.NONE),
    /** The bytes it was given are no ciphertext, or no signature, of this key. */
    BAD_DATA(Session.CLOSE, Repeat.NEVER, Effect.NONE),
    /** A handle from before something changed; it is found again by CKA_ID. */
    STALE_HANDLE(Session.CLOSE, Repeat.ONCE, Effect.SUSPECT_WHEN_REPEATED),
    /** An operation was left open on the session, or was lost from it. */
    OUT_OF_ORDER(Session.CLOSE, Repeat.ONCE, Effect.SUSPECT_WHEN_REPEATED),
    /** The token is busy, throttles, or does not say what is wrong. */
    BUSY(Session.CLOSE, Repeat.TWICE_AFTER_PAUSES, Effect.SUSPECT),
    /** It has no more sessions to give. */
    TOO_MANY_SESSIONS(Session.CLOSE, Repeat.TWICE_AFTER_PAUSES, Effect.SUSPECT),
    /** One session is lost: no handle of any session is relied on any more, since their numbers may be given again. */
    SESSION_LOST(Session.FORGET, Repeat.AFTER_RECOVERY, Effect.RECOVER),
    /** The user is no longer logged in. */
    LOGIN_LOST(Session.FORGET, Repeat.AFTER_RECOVERY, Effect.RECOVER),
    /** The token does not show a key it had: it was logged out, emptied or swapped. */
    KEY_MISSING(Session.CLOSE, Repeat.AFTER_RECOVERY, Effect.RECOVER),
    /** What it gave is not what it was asked for, and was discarded: a handle may mean another key. */
    WRONG_ANSWER(Session.CLOSE, Repeat.AFTER_RECOVERY, Effect.RECOVER),
    /** The token, or the way to it, is gone. */
    GONE(Session.FORGET, Repeat.NEVER, Effect.DOWN),
    /** The library has lost its state: it was finalized, or never initialized. */
    LIBRARY_LOST(Session.FORGET, Repeat.NEVER, Effect.DOWN),
    /** A code of the vendor's, or one that PKCS#11 does not know. */
    UNKNOWN(Session.CLOSE, Repeat.NEVER, Effect.SUSPECT),
    /** No answer within the deadline; the session is set aside until the call returns. How many are, and not how often, tells of the token. */
    NO_ANSWER(Session.CLOSE, Repeat.NEVER, Effect.NONE),
    /** Someone else is logged in, in this process; an officer's work belongs into a process of its own. */
    ANOTHER_USER(Session.CLOSE, Repeat.NEVER, Effect.SUSPECT),
    /** The PIN was refused, and is never tried again. */
    PIN_REFUSED(Session.CLOSE, Repeat.NEVER, Effect.AUTH_FAILED),
    /** The token has locked the PIN. */
    PIN_LOCKED(Session.CLOSE, Repeat.NEVER, Effect.LOCKED_OUT),
    /** A fault of this appliance; it says nothing about the token. */
    OWN_FAULT(Session.CLOSE, Repeat.NEVER, Effect.NONE);

    /** What becomes of the session on which it happened. */
    public enum Session {
        /** It is used again. */
        KEEP,
        /** It is closed: an operation may be left open on it. */
        CLOSE,
        /** It is not used again, and not closed either: its number may be another session's by now. */
        FORGET
    }

    /** How often a request may be tried again, within its deadline; never one that makes or destroys objects of the token. */
    public enum Repeat {
        NEVER,
        /** At once, on a new session. */
        ONCE,
        /** Twice, each after a pause of random length. */
        TWICE_AFTER_PAUSES,
        /** Once the token has recovered, if that is soon enough. */
        AFTER_RECOVERY
    }

    /** What becomes of the token. */
    public enum Effect {
        NONE,
        /** A second one within ten seconds makes it suspect. */
        SUSPECT_WHEN_REPEATED,
        /** It must prove itself; a fifth failure within ten seconds takes it out of use. */
        SUSPECT,
        /** It is let in anew before it is used again. */
        RECOVER,
        /** It is out of use until it can be let in anew. */
        DOWN,
        /** It waits for another PIN. */
        AUTH_FAILED,
        /** It waits for its security officer. */
        LOCKED_OUT
    }

    private final Session session;
    private final Repeat repeat;
    private final Effect effect;

    Meaning(Session session, Repeat repeat, Effect effect) {
        this.session = session;
        this.repeat = repeat;
        this.effect = effect;
    }

    /** What becomes of the session. */
    public Session session() {
        return session;
    }

    /** What becomes of the request. */
    public Repeat repeat() {
        return repeat;
    }

    /** What becomes of the token. */
    public Effect effect() {
        return effect;
    }
}
