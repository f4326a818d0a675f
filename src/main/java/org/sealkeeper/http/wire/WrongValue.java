package org.sealkeeper.http.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;

/** A JSON value is not of its field's type; the message is ours and fit for the caller. */
public final class WrongValue extends JsonMappingException {
    private static final long serialVersionUID = 1L;

    WrongValue(JsonParser parser, String expected) {
        super(parser, expected);
    }
}
