package org.sealkeeper.fhir;

import static org.sealkeeper.fhir.Coding.dicom;
import static org.sealkeeper.fhir.Coding.lifecycle;

import java.util.List;
import org.sealkeeper.audit.Operation;

/**
 * How FHIR classes an operation.
 *
 * @param type of the extensible value set {@code audit-event-type}
 * @param subtypes more closely, beside the code of the operation itself
 */
record EventKind(Coding type, List<Coding> subtypes, Action action) {
    /** Also the type of whatever was refused. */
    static final Coding SECURITY_ALERT = dicom("110113", "Security Alert");

    static final Coding EMERGENCY_STARTED = dicom("110127", "Emergency Override Started");
    static final Coding EMERGENCY_STOPPED = dicom("110138", "Emergency Override Stopped");
    static final Coding DISCLOSE = lifecycle("disclose");

    private static final Coding ACTIVITY = dicom("110100", "Application Activity");
    private static final Coding QUERY = dicom("110112", "Query");
    private static final Coding CONFIGURATION = dicom("110129", "Security Configuration");
    private static final Coding OBJECT_SECURITY = dicom("110135", "Object Security Attributes Changed");
    private static final Coding USER_SECURITY = dicom("110137", "User Security Attributes Changed");

    /** A new operation does not compile before it has its place here. */
    static EventKind of(Operation operation) {
        return switch (operation) {
            case SIGN_BLOCK, COSIGN_CHECKPOINT, REVIEW_EMERGENCY -> of(lifecycle("attest"), Action.EXECUTE);
            case READ_CHAIN, READ_KEYS, READ_STATUS, READ_POLICY, READ_EMERGENCIES -> of(QUERY, Action.READ);
            case VERIFY_SIGNATURE, ASSESS_APPLIANCE -> of(lifecycle("verify"), Action.EXECUTE);
            case READ_AUDIT_LOG -> of(dicom("110101", "Audit Log Used"), Action.READ);
            case RECEIVE_COSIGNATURE, OPEN_CHAIN -> of(lifecycle("receive"), Action.CREATE);
            case CLOSE_CHAIN -> of(lifecycle("transmit"), Action.UPDATE);
            case GENERATE_DATA_KEY -> of(lifecycle("encrypt"), Action.CREATE);
            case REWRAP_DATA_KEY -> of(lifecycle("encrypt"), Action.UPDATE);
            case UNWRAP_DATA_KEY -> of(lifecycle("decrypt"), Action.EXECUTE);
            case BEGIN_EMERGENCY_ACCESS -> alert(EMERGENCY_STARTED, Action.EXECUTE);
            case END_EMERGENCY_ACCESS -> alert(EMERGENCY_STOPPED, Action.EXECUTE);
            case CREATE_KEY, ROTATE_KEY -> alert(OBJECT_SECURITY, Action.CREATE);
            case CHANGE_KEY_STATE, IMPORT_CERTIFICATE, OPEN_REWRAP_WINDOW, CLOSE_REWRAP_WINDOW ->
                alert(OBJECT_SECURITY, Action.UPDATE);
            case DESTROY_KEY -> of(lifecycle("destroy"), Action.DELETE);
            case ENROLL_RECIPIENT -> alert(USER_SECURITY, Action.CREATE);
            case RETIRE_RECIPIENT -> alert(USER_SECURITY, Action.DELETE);
            case CHANGE_OFFICERS -> alert(dicom("110136", "Security Roles Changed"), Action.UPDATE);
            case APPROVE_POLICY,
                    LOAD_POLICY,
                    LOAD_CERTIFICATE,
                    LOAD_AUTHORITIES,
                    ACCEPT_ROLLBACK,
                    FORGET_TOKEN,
                    ACKNOWLEDGE_APPLIANCE,
                    RETIRE_APPLIANCE -> alert(CONFIGURATION, Action.UPDATE);
            case CONDUCT_CEREMONY -> alert(dicom("110132", "Use of Restricted Function"), Action.EXECUTE);
            case EXPORT_CATALOGUE -> of(dicom("110106", "Export"), Action.READ);
            case IMPORT_CATALOGUE -> of(dicom("110107", "Import"), Action.CREATE);
            case START_APPLIANCE ->
                new EventKind(ACTIVITY, List.of(dicom("110120", "Application Start")), Action.EXECUTE);
            case STOP_APPLIANCE ->
                new EventKind(ACTIVITY, List.of(dicom("110121", "Application Stop")), Action.EXECUTE);
            case CHANGE_TOKEN_STATE -> alert(dicom("110130", "Hardware Configuration"), Action.UPDATE);
            case STOP_SIGNING, OTHER_REQUEST -> of(SECURITY_ALERT, Action.EXECUTE);
        };
    }

    private static EventKind of(Coding type, Action action) {
        return new EventKind(type, List.of(), action);
    }

    private static EventKind alert(Coding subtype, Action action) {
        return new EventKind(SECURITY_ALERT, List.of(subtype), action);
    }
}
