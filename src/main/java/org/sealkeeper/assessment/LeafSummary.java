package org.sealkeeper.assessment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.config.ConfigurationFault;

/**
 * What an assessment reads of a leaf. To parse and compare all of it, as a verifier does, takes ten times as long, and a log may have
 * millions.
 *
 * @param rule what decided; empty where the leaf does not say it
 */
record LeafSummary(Instant time, Optional<Operation> operation, Optional<String> rule) {

    /** @throws ConfigurationFault if it is no leaf */
    static LeafSummary of(long index, byte[] entry) {
        String json = new String(entry, UTF_8);
        try {
            return new LeafSummary(
                    Instant.parse(text(json, LeafField.TIME).orElse("none")),
                    text(json, LeafField.OPERATION).flatMap(Operation::named),
                    text(json, LeafField.RULE));
        } catch (DateTimeParseException e) {
            throw new ConfigurationFault(
                    "leaf " + index
                            + ": expected a leaf with its time, found another entry; run 'sealkeeper audit verify'",
                    e);
        }
    }

    /**
     * A member that is not the first one, and whose values are names or times of ours. In canonical JSON a quotation mark within a text is
     * escaped, so that no text can have what is looked for; and these values have no escapes.
     */
    private static Optional<String> text(String json, LeafField field) {
        String mark = ",\"" + field.fieldName() + "\":\"";
        int begin = json.indexOf(mark);
        int end = begin < 0 ? -1 : json.indexOf('"', begin + mark.length());
        return end < 0 ? Optional.empty() : Optional.of(json.substring(begin + mark.length(), end));
    }
}
