package org.sealkeeper.http;

import java.util.Set;

/**
 * What an auditor or a new client must read before having a certificate, and how people prove who they are. All else needs a caller.
 */
final class PublicPaths {
    private static final Set<String> PATHS = Set.of(
            "/.well-known/jwks.json",
            "/.well-known/key-states.ndjson",
            "/console/sign-in",
            "/console/sign-in/begin",
            "/console/sign-in/end",
            "/console/sign-out",
            "/openapi",
            "/v1/audit/jwks.json",
            "/v1/audit/vkey",
            "/v1/audit/checkpoint",
            "/v1/audit/cosigned");

    /** Peers' logs are known by the signatures on their checkpoints, not by certificates (C2SP tlog-witness). */
    private static final String WITNESS_PATHS = "/v1/witness/";

    /** Styles and scripts of the console are the same for every caller, and tell nothing. */
    private static final String CONSOLE_ASSETS = "/console/assets/";

    private PublicPaths() {}

    static boolean has(String path) {
        return PATHS.contains(path) || path.startsWith(WITNESS_PATHS) || path.startsWith(CONSOLE_ASSETS);
    }
}
