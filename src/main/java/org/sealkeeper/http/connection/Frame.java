package org.sealkeeper.http.connection;

/**
 * The header of an HTTP/2 frame (RFC 9113 section 4.1).
 *
 * @param length of the payload, in bytes
 * @param type as section 6 numbers them
 * @param stream 0 for the connection
 */
record Frame(int length, int type, int flags, int stream) {
    static final int HEADER_BYTES = 9;

    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int RST_STREAM = 0x3;
    static final int GOAWAY = 0x7;
    static final int CONTINUATION = 0x9;

    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;

    boolean endsStream() {
        return type == RST_STREAM || ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0);
    }

    boolean endsHeaders() {
        return (flags & END_HEADERS) != 0;
    }

    /** Whether it brings a part of a body. An empty one that ends the body does. */
    boolean isBody() {
        return type == DATA && (length > 0 || endsStream());
    }
}
