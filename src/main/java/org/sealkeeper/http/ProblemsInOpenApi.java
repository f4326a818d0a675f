package org.sealkeeper.http;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.sealkeeper.http.body.StrictBodies;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;

/**
 * Describes, on every operation, how the caller is known, and the problems any operation can answer with; and that no body may have
 * fields that are not described.
 */
public final class ProblemsInOpenApi implements OASFilter {
    private static final String CERTIFICATE = "clientCertificate";
    private static final String TOKEN = "bearerToken";

    /** Of doors whose answers have no schema. */
    private static final String PLAIN = "Text or bytes of the form the summary names.";

    private static final List<ProblemType> OF_ANY_CALLER =
            List.of(ProblemType.NOT_FOUND, ProblemType.NOT_ACCEPTABLE, ProblemType.OVERLOADED, ProblemType.INTERNAL);
    private static final List<ProblemType> OF_KNOWN_CALLERS =
            List.of(ProblemType.INVALID_REQUEST, ProblemType.UNAUTHENTICATED, ProblemType.FORBIDDEN);
    private static final List<ProblemType> OF_BODIES = List.of(
            ProblemType.INVALID_REQUEST,
            ProblemType.REQUEST_TIMEOUT,
            ProblemType.PAYLOAD_TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE);

    @Override
    public void filterOpenAPI(OpenAPI api) {
        StrictBodies.describe(api);
        api.getComponents()
                .addSchema("Problem", problem())
                .addSecurityScheme(
                        CERTIFICATE,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.MUTUALTLS)
                                .description("The caller is the certificate's SAN URI, else its subject DN."))
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description(
                                        "Of an issuer the operator trusts; instead of a certificate, or beside it."));
        api.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().values().forEach(operation -> describe(operation, PublicPaths.has(path))));
    }

    private static void describe(Operation operation, boolean isPublic) {
        OF_ANY_CALLER.forEach(type -> add(operation, type));
        if (operation.getRequestBody() != null) {
            OF_BODIES.forEach(type -> add(operation, type));
        }
        if (!isPublic) {
            OF_KNOWN_CALLERS.forEach(type -> add(operation, type));
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(CERTIFICATE));
            operation.addSecurityRequirement(
                    OASFactory.createSecurityRequirement().addScheme(TOKEN));
        }
        add(operation, ProblemType.HSM_UNAVAILABLE);
        if (operation.getResponses().getAPIResponses().keySet().stream().noneMatch(status -> status.startsWith("2"))) {
            operation
                    .getResponses()
                    .addAPIResponse("200", OASFactory.createAPIResponse().description(PLAIN));
        }
        operation.getResponses().getAPIResponses().forEach(ProblemsInOpenApi::describeRefusal);
    }

    /** A refusal an operation describes in words has the form of every other. */
    private static void describeRefusal(String status, APIResponse response) {
        if (status.compareTo("400") >= 0 && response.getContent() == null) {
            response.setContent(OASFactory.createContent()
                    .addMediaType(
                            Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problemReference())));
        }
    }

    private static Schema problemReference() {
        return OASFactory.createSchema().ref("#/components/schemas/Problem");
    }

    private static void add(Operation operation, ProblemType type) {
        String status = Integer.toString(type.status());
        if (!operation.getResponses().hasAPIResponse(status)) {
            operation.getResponses().addAPIResponse(status, response(type));
        }
    }

    private static APIResponse response(ProblemType type) {
        var example =
                Problem.of(type, "what was expected and found").with("requestId", "5f0c1d9d2b7a4c7e8f6a1b3c5d7e9f01");
        var content = OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType().schema(problemReference()).example(example.members()));
        return OASFactory.createAPIResponse().description(type.title() + ".").content(content);
    }

    private static Schema problem() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("RFC 9457; some types have further members.")
                .addProperty("type", text("urn:sealkeeper:problem: and a name"))
                .addProperty("title", text("The type in a few words"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text("What was expected and found this time"))
                .addProperty("requestId", text("Names the request in the appliance's log"))
                .addProperty("field", text("Where an invalid-request is wrong, such as blocks[3].height"))
                .required(List.of("type", "title", "status", "detail", "requestId"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
