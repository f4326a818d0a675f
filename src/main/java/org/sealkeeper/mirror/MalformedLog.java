package org.sealkeeper.mirror;

/** What was named is not a log: there is no signed checkpoint. No proof of anything, nor of tampering. */
public final class MalformedLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param where the file of the log
     * @param reason what was expected and what was found
     */
    MalformedLog(String where, String reason) {
        super(where + ": " + reason
                + "; no signature was judged. Is this a log, and was its file not changed on its way?");
    }
}
