package org.sealkeeper.keys;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a key is in its life (NIST SP 800-57 part 1, section 7). */
public enum KeyState {
    /** Being made; signs nothing yet. */
    PRE_ACTIVE("pre-active"),
    /** Signs and verifies. */
    ACTIVE("active"),
    /** Signs no more; what it signed stays valid. */
    DEACTIVATED("deactivated"),
    /** Signs no more; what it signed is to be doubted. */
    COMPROMISED("compromised"),
    /** Is no longer in the token. */
    DESTROYED("destroyed");

    private final String text;

    KeyState(String text) {
        this.text = text;
    }

    /** Its name in the store and on the wire. */
    public String text() {
        return text;
    }

    static Map<String, KeyState> byText() {
        return Stream.of(values()).collect(Collectors.toUnmodifiableMap(KeyState::text, Function.identity()));
    }
}
