package org.sealkeeper.keys;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a version of a signing key is in its life (NIST SP 800-57 part 1, section 7). */
public enum KeyState {
    /** Made and proven; signs nothing yet, so that verifiers can be handed its public half first. */
    PRE_ACTIVE("pre-active"),
    /** Signs and verifies. */
    ACTIVE("active"),
    /** Signs nothing until it is active again. */
    SUSPENDED("suspended"),
    /** Signs no more; what it signed stays valid. */
    DEACTIVATED("deactivated"),
    /** Signs no more; what it signed from a certain time on is to be doubted. */
    COMPROMISED("compromised"),
    /** Its private half is being destroyed; if that was interrupted, it is to be done again. */
    DESTROYING("destroying"),
    /** Its private half is no longer in the token; what it signed stays valid. */
    DESTROYED("destroyed");

    private final String text;

    KeyState(String text) {
        this.text = text;
    }

    /** Its name in the store and on the wire. */
    public String text() {
        return text;
    }

    /** Whether a version in this state may come into that one. */
    public boolean mayBecome(KeyState next) {
        return next().contains(next);
    }

    private Set<KeyState> next() {
        return switch (this) {
            case PRE_ACTIVE -> EnumSet.of(ACTIVE, COMPROMISED, DESTROYING);
            case ACTIVE -> EnumSet.of(SUSPENDED, DEACTIVATED, COMPROMISED);
            case SUSPENDED -> EnumSet.of(ACTIVE, DEACTIVATED, COMPROMISED);
            case DEACTIVATED -> EnumSet.of(COMPROMISED, DESTROYING);
            case COMPROMISED -> EnumSet.of(DESTROYING);
            case DESTROYING -> EnumSet.of(DESTROYED);
            case DESTROYED -> EnumSet.noneOf(KeyState.class);
        };
    }

    public static Map<String, KeyState> byText() {
        return Stream.of(values()).collect(Collectors.toUnmodifiableMap(KeyState::text, Function.identity()));
    }
}
