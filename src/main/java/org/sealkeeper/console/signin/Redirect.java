package org.sealkeeper.console.signin;

import jakarta.ws.rs.core.Response;

/** Leads the browser on within this origin: the framework's own way names the host, as the request does. */
final class Redirect {
    private Redirect() {}

    static Response.ResponseBuilder to(String path) {
        return Response.status(Response.Status.SEE_OTHER).header("Location", path);
    }
}
