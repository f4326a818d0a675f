package org.sealkeeper.http.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer that is not a success, as {@code application/problem+json} (RFC 9457). Where it is the whole answer, its
 * {@code requestId} is added on the way out.
 *
 * @param detail what was expected and found this time, for the caller: never a secret, patient data or a stack trace
 * @param fields further members of the JSON object, in order
 */
public record Problem(ProblemType type, String detail, Map<String, Object> fields) {
    public static final String MEDIA_TYPE = "application/problem+json";
    /** What a request may send at most. */
    public static final int MAX_BODY_BYTES = 1 << 20;
    /** Seconds; long enough for a full queue to drain, or an HSM session to be opened anew. */
    static final String RETRY_AFTER = "1";

    public Problem {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of());
    }

    /**
     * A request that is not of the documented form.
     *
     * @param field where, as a path such as {@code blocks[3].height}, or {@code body}
     */
    public static Problem invalid(String field, String detail) {
        return of(ProblemType.INVALID_REQUEST, detail).with("field", field);
    }

    /** A body that is longer than {@link #MAX_BODY_BYTES}. */
    public static Problem payloadTooLarge() {
        return of(ProblemType.PAYLOAD_TOO_LARGE, "expected a body of at most " + MAX_BODY_BYTES + " bytes");
    }

    /** That this caller may not do this. The reason is for the audit log, not for the caller. */
    public static Problem forbidden() {
        return of(ProblemType.FORBIDDEN, "this caller may not do this");
    }

    /** This problem with one more member. */
    public Problem with(String name, Object value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Problem(type, detail, more);
    }

    /** The answer a resource gives to refuse a request. */
    public Response response() {
        var response = Response.status(type.status()).type(MEDIA_TYPE).entity(this);
        if (type.passes()) {
            response.header("Retry-After", RETRY_AFTER);
        }
        type.challenge().ifPresent(challenge -> response.header("WWW-Authenticate", challenge));
        return response.build();
    }

    /** The members of the JSON object, in order. */
    @JsonValue
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type.urn());
        members.put("title", type.title());
        members.put("status", type.status());
        members.put("detail", detail);
        members.putAll(fields);
        return members;
    }
}
