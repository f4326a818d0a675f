package org.sealkeeper.http.problem;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.sealkeeper.kernel.RequestId;

/**
 * A problem as a page, for people whose browser opens a document: it tells the same as the JSON. Says nothing that a caller wrote but the
 * request's id, whose form is checked, and the problem's detail, which is escaped.
 */
final class ProblemPage {
    static final String MEDIA_TYPE = "text/html;charset=utf-8";

    private static final String STYLE = """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
            body{max-width:40rem;margin:15vh auto;padding:0 1.5rem;background:light-dark(#fbfaf7,#14181a);color:light-dark(#1b2427,#e6ebea)}
            h1{font-size:1.6rem;line-height:1.25}a{color:light-dark(#0b6b5d,#6fd3c1)}small{color:light-dark(#51605f,#a3b1af)}""";

    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + digest(STYLE) + "'; base-uri 'none'; frame-ancestors 'none'";

    private ProblemPage() {}

    /** Only browsers say so, and only where a person opens a document (Fetch Metadata, {@code Sec-Fetch-Dest}). */
    static boolean isWantedBy(HttpServerRequest request) {
        return "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** What the browser may do with it: nothing but show it. */
    static String securityPolicy() {
        return POLICY;
    }

    static byte[] of(Problem problem, RequestId id) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · Sealkeeper</title><style>%s</style></head>
                <body><main>
                <h1>%s</h1>
                <p>%s</p>
                <p>%s</p>
                <p><small>%d %s, request %s</small></p>
                </main></body>
                </html>
                """.formatted(
                        escaped(problem.type().title()),
                        STYLE,
                        escaped(problem.type().title()),
                        escaped(problem.detail()),
                        next(problem.type()),
                        problem.type().status(),
                        escaped(problem.type().name()),
                        id.value())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String next(ProblemType type) {
        return switch (type.status()) {
            case 401 ->
                "Open this page with a client certificate that this appliance trusts: import it into the browser,"
                        + " and choose it when the browser asks.";
            case 403 -> "The policy of this appliance decides who sees what; its audit log says which rule decided.";
            case 429, 503 -> "Load the page again in a moment.";
            default -> "<a href=\"/console\">To the console</a>";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String digest(String style) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
