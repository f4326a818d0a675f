package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** What is asked of the user PINs of tokens. */
public final class PinChecks {
    private static final String REMEDY =
            "give the token another PIN with its maker's tools, of 8 characters or more that"
                    + " were drawn at random, and write it into the file";

    /** Of one PIN. */
    public static final List<Check<PinShape>> PIN =
            List.of(new Check<>("pin-strength", Safeguard.PASSWORDS, PinChecks::strength));

    /** Of all of them: how many there are, and how many of these differ. */
    public static final List<Check<Pins>> PINS =
            List.of(new Check<>("pin-shared", Safeguard.PASSWORDS, PinChecks::shared));

    private PinChecks() {}

    /** How many tokens there are, and how many different PINs. */
    public record Pins(int tokens, int different) {}

    private static Stream<Answer> strength(PinShape pin, Instant now) {
        return Stream.of(
                pin.isGuessable()
                        ? Check.weak(
                                "user PIN",
                                Severity.HIGH,
                                "a PIN of 8 characters or more that is not easily guessed",
                                "another",
                                REMEDY)
                        : Check.right("user PIN", "it is not among those that are easily guessed"));
    }

    private static Stream<Answer> shared(Pins pins, Instant now) {
        return Stream.of(
                pins.different() < pins.tokens()
                        ? Check.weak(
                                "user PINs",
                                Severity.MEDIUM,
                                "another PIN for each token",
                                pins.different() + " for " + pins.tokens() + " tokens",
                                REMEDY)
                        : Check.right("user PINs", "each token has its own"));
    }
}
