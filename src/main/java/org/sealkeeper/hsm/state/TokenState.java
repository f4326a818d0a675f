package org.sealkeeper.hsm.state;

/** In which state a token is. */
public enum TokenState {
    /** It works. */
    READY("ready"),
    /** It failed in a way that may pass; it is used, and probed at once. */
    SUSPECT("suspect"),
    /** It is let in anew; requests wait, within their deadlines. */
    RECOVERING("recovering"),
    /** It is out of use; requests fail at once, and recovery is tried again and again. */
    DOWN("down"),
    /** It refused the PIN; it waits for another one. */
    AUTH_FAILED("auth-failed"),
    /** It has locked the PIN; it waits for its security officer. */
    LOCKED_OUT("locked-out"),
    /** It came back, but its keys or what it enforces are not as declared; it waits for an operator. */
    POLICY_FAILED("policy-failed");

    private final String text;

    TokenState(String text) {
        this.text = text;
    }

    /** Its name in health reports, metrics, alerts and the audit log. */
    public String text() {
        return text;
    }

    /** Whether the token is asked for what callers want. */
    public boolean isUsed() {
        return this == READY || this == SUSPECT;
    }

    /** Whether only an operator can change it. */
    public boolean waitsForOperator() {
        return this == AUTH_FAILED || this == LOCKED_OUT || this == POLICY_FAILED;
    }
}
