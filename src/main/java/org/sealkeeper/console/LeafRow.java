package org.sealkeeper.console;

import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;

/**
 * A leaf in a line.
 *
 * @param time when it was written, RFC 3339
 * @param who asked, by a name that may be written from the right to the left
 * @param outcome its name
 * @param tone the class of its style
 */
record LeafRow(long index, String time, String who, String what, String outcome, String tone) {

    static LeafRow of(long index, RecordedLeaf leaf) {
        var words = new LeafWords(leaf);
        String tone = switch (words.outcome()) {
            case BEGUN, REPLAYED -> "none";
            case DONE -> "good";
            case REFUSED -> "warn";
            case FAILED -> "bad";
        };
        return new LeafRow(
                index,
                leaf.text(LeafField.TIME).orElse(""),
                words.who(),
                words.what(),
                words.outcome().text(),
                tone);
    }
}
