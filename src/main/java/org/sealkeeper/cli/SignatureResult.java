package org.sealkeeper.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What {@code signature verify} found.
 *
 * @param text one line for people
 * @param details the same for scripts
 */
record SignatureResult(boolean valid, String text, SequencedMap<String, Object> details) {

    SequencedMap<String, Object> members() {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", valid);
        members.putAll(details);
        return members;
    }
}
