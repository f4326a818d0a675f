package org.sealkeeper.envelope;

import jakarta.ws.rs.core.Response;

/** Tells callers what their requests ended in. */
final class Views {
    private Views() {}

    static Response response(Answer answer) {
        return switch (answer.result()) {
            case DataKeyResult.Released released ->
                Response.status(released.isNew() ? 201 : 200)
                        .entity(view(answer))
                        .build();
            case DataKeyResult.Rewrapped _ -> Response.ok(view(answer)).build();
            case Refusal refusal -> RefusalProblem.of(refusal).response();
        };
    }

    /** The entity of the answer: a view, or a problem. */
    static Object view(Answer answer) {
        return switch (answer.result()) {
            case DataKeyResult.Released released ->
                new ReleasedView(
                        released.wrapped(),
                        released.recipient(),
                        released.alg(),
                        released.encryptedKey(),
                        answer.leaf().orElseThrow());
            case DataKeyResult.Rewrapped rewrapped ->
                new RewrappedView(
                        rewrapped.wrapped(), rewrapped.version(), answer.leaf().orElseThrow());
            case Refusal refusal -> RefusalProblem.of(refusal);
        };
    }
}
