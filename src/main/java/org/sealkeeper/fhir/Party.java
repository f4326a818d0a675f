package org.sealkeeper.fhir;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody or something that is named by others, and no resource of the FHIR server. What other parties chose is made fit for FHIR: one leaf that a
 * server cannot take would hold up all that follow.
 *
 * @param system whose name it is, a URI; empty where there is none
 * @param name as people read it
 */
record Party(Optional<String> system, String value, String name) {
    /** What XML 1.0 and FHIR's strings cannot have. */
    private static final Pattern UNFIT =
            Pattern.compile("[^\\x{20}-\\x{7E}\\x{A0}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[!-~]+");
    /** The system of values that are URIs. */
    private static final String URIS = "urn:ietf:rfc:3986";

    Party {
        system = system.filter(Party::isUri);
        value = fit(value);
        name = fit(name);
    }

    /** Known by a name of our own kind. */
    static Party own(String kind, String value, String name) {
        return new Party(Optional.of(Coding.own(kind)), value, name);
    }

    /** Known by a text that may be a URI. */
    static Party named(String text) {
        return new Party(isUri(text) ? Optional.of(URIS) : Optional.empty(), text, text);
    }

    static boolean isUri(String text) {
        return URI.matcher(text).matches();
    }

    static String fit(String text) {
        String fit = UNFIT.matcher(text).replaceAll("\uFFFD").strip();
        return fit.isEmpty() ? "\uFFFD" : fit;
    }
}
