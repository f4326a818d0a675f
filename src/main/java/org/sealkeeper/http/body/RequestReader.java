package org.sealkeeper.http.body;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemType;
import org.sealkeeper.http.problem.Refusal;

/**
 * Gives a resource its request body as a record, read strictly. The framework has collected the bytes, up to its buffer of
 * {@link Problem#MAX_BODY_BYTES}, so this never waits and may run on an event loop; a body that exceeds the buffer comes as a
 * stream, and is not read at all.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
final class RequestReader implements ServerMessageBodyReader<Record> {
    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Record readFrom(Class<Record> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        var routing = ((ResteasyReactiveRequestContext) context).unwrap(RoutingContext.class);
        requirePlainJson(routing, mediaType);
        if (routing.request().bytesRead() > Problem.MAX_BODY_BYTES) {
            throw RequestBounds.payloadTooLarge();
        }
        return StrictJson.read(type, context.getInputStream().readAllBytes());
    }

    /** A body without a Content-Type is what a foreign web page can make a browser send without asking. */
    private static void requirePlainJson(RoutingContext routing, MediaType mediaType) {
        var headers = routing.request().headers();
        String charset = mediaType.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (!headers.contains(HttpHeaders.CONTENT_TYPE)) {
            throw unsupported("expected the header Content-Type: application/json, found none");
        }
        if (charset != null && !charset.equalsIgnoreCase("UTF-8")) {
            throw unsupported("expected JSON in UTF-8");
        }
        if (headers.contains(HttpHeaders.CONTENT_ENCODING)) {
            throw unsupported("expected a body without Content-Encoding");
        }
    }

    private static Refusal unsupported(String detail) {
        return new Refusal(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail));
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in) {
        throw new IllegalStateException("a request body is read with its request at hand");
    }
}
