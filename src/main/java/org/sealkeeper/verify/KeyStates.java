package org.sealkeeper.verify;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.kernel.KeyId;

/** Which keys are compromised, as the companion of an appliance's JWK Set says ({@code keys export --format states}). */
public final class KeyStates {
    /** None is. */
    public static final KeyStates NONE = new KeyStates(Map.of());

    private final Map<KeyId, Instant> compromised;

    private KeyStates(Map<KeyId, Instant> compromised) {
        this.compromised = Map.copyOf(compromised);
    }

    /**
     * Reads one JSON object a line, each with {@code kid}, and {@code compromisedSince} where the key is compromised.
     *
     * @throws IllegalArgumentException if a line is none, or a key is there twice
     */
    public static KeyStates parse(String text) {
        Map<KeyId, Instant> compromised = new HashMap<>();
        Map<KeyId, Integer> seen = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                FlatObject key = FlatObject.parse(line);
                var id = new KeyId(key.text("kid"));
                StrictObject.expect(seen.put(id, number) == null, "expected each key once");
                if (key.members().containsKey("compromisedSince")) {
                    compromised.put(id, Instant.parse(key.text("compromisedSince")));
                }
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return new KeyStates(compromised);
    }

    /** From when on what the key signed is to be doubted; empty where nothing is known against it. */
    Optional<Instant> compromisedSince(KeyId key) {
        return Optional.ofNullable(compromised.get(key));
    }
}
