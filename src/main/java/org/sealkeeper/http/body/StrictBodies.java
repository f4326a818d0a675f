package org.sealkeeper.http.body;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Says of every object in a request's body that it has no further fields, as {@link StrictJson} sees to it. Objects in answers may get
 * more with a later version.
 */
public final class StrictBodies {
    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, Schema> named;
    private final Set<String> closed = new HashSet<>();

    private StrictBodies(Map<String, Schema> named) {
        this.named = named;
    }

    public static void describe(OpenAPI api) {
        var bodies = new StrictBodies(api.getComponents().getSchemas());
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(StrictBodies::schemas)
                .forEach(bodies::close);
    }

    private static Stream<Schema> schemas(Operation operation) {
        return operation.getRequestBody() == null
                ? Stream.empty()
                : operation.getRequestBody().getContent().getMediaTypes().values().stream()
                        .map(MediaType::getSchema);
    }

    /** An object without declared fields is a map, whose names are free. */
    private void close(@Nullable Schema schema) {
        if (schema == null) {
            return;
        }
        String reference = schema.getRef();
        if (reference != null) {
            String name = reference.substring(REFERENCE.length());
            if (closed.add(name)) {
                close(named.get(name));
            }
            return;
        }
        if (schema.getProperties() != null && schema.getAdditionalPropertiesSchema() == null) {
            schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
            schema.getProperties().values().forEach(this::close);
        }
        close(schema.getItems());
        parts(schema.getAllOf()).forEach(this::close);
        parts(schema.getOneOf()).forEach(this::close);
        parts(schema.getAnyOf()).forEach(this::close);
    }

    private static List<Schema> parts(@Nullable List<Schema> schemas) {
        return schemas == null ? List.of() : schemas;
    }
}
