package org.sealkeeper.fhir;

/** The code of {@code AuditEvent.action}. */
enum Action {
    CREATE("C"),
    READ("R"),
    UPDATE("U"),
    DELETE("D"),
    EXECUTE("E");

    private final String code;

    Action(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
