package org.sealkeeper.transparency;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Answers in gzip where the client accepts it (RFC 9110 section 12.5.3), and else uncompressed. */
final class Gzip {
    private static final String CODING = "gzip";
    /** A weight of 0 means "not this one". */
    private static final Pattern REFUSED = Pattern.compile("q=0(\\.0{0,3})?");

    private Gzip() {}

    /** @param accepted the values of the request's Accept-Encoding header; empty where it has none */
    static Response.ResponseBuilder answer(byte[] bytes, List<String> accepted) {
        Response.ResponseBuilder answer = accepts(accepted)
                ? Response.ok(compressed(bytes)).header(HttpHeaders.CONTENT_ENCODING, CODING)
                : Response.ok(bytes);
        return answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    static boolean accepts(List<String> accepted) {
        return accepted.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(coding ->
                        Arrays.stream(coding.split(";", -1)).map(String::strip).toList())
                .anyMatch(parts -> parts.getFirst().equalsIgnoreCase(CODING)
                        && parts.stream().skip(1).noneMatch(Gzip::refuses));
    }

    private static boolean refuses(String parameter) {
        return REFUSED.matcher(parameter.toLowerCase(Locale.ROOT)).matches();
    }

    private static byte[] compressed(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
