package org.sealkeeper.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A FHIR server that is told what the audit log says, {@code fhir} in {@code appliance.yaml}.
 *
 * @param url its base, https, without a slash at the end
 * @param release {@code R4} or {@code R5}
 * @param authorities that its certificate must come from
 * @param bearerToken a file, readable by its owner alone, with the token that is shown to it; empty for {@code none}
 */
public record FhirServer(URI url, String release, Write write, Path authorities, Optional<Path> bearerToken) {
    private static final String NONE = "none";

    /** How a resource is brought to it. */
    public enum Write {
        /** {@code POST [base]/AuditEvent}, as IHE's ATNA has it; what was repeated after a crash is there twice. */
        CREATE,
        /** {@code PUT [base]/AuditEvent/ID}: what is repeated changes nothing. */
        UPDATE
    }

    static FhirServer of(Section section) {
        Optional<Path> token =
                section.text("bearerToken").equals(NONE) ? Optional.empty() : Optional.of(section.path("bearerToken"));
        var server = new FhirServer(
                section.value("url", FhirServer::base),
                section.choice("release", Map.of("R4", "R4", "R5", "R5")),
                section.choice("write", Map.of("create", Write.CREATE, "update", Write.UPDATE)),
                section.path("authorities"),
                token);
        section.finish();
        return server;
    }

    private static URI base(String text) {
        URI url = URI.create(text.replaceFirst("/+$", ""));
        if (!"https".equals(url.getScheme())
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    "expected the https address of a FHIR server, without user, query and fragment");
        }
        return url;
    }
}
