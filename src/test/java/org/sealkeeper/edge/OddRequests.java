package org.sealkeeper.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Requests of HTTP/1.1 as they come to somebody's mind: most of them nearly right, for every door. */
public final class OddRequests {
    private static final List<String> METHODS =
            List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PRI", "get");
    private static final List<String> TARGETS = List.of(
            "*",
            "foo",
            "?x",
            "#",
            "/",
            "//",
            "/%",
            "/%zz",
            "/%00",
            "/..",
            "/v1/../v1/chains",
            "/v1/witness/%2e%2e/chains",
            "http://localhost/v1/chains",
            "http://",
            "http:/v1",
            "https://[::1",
            "a:1",
            "/v1/chains;a=b",
            "/v1//chains",
            "/openapi",
            "/openapi?format=%",
            "/q/health",
            "/q/health/live",
            "/q/metrics",
            "/.well-known/jwks.json",
            "/v1/keys?" + "x".repeat(3_000));
    private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/1.9", "HTTP/2.0", "HTTP/3", "HTTP/x", "");
    private static final List<String> HOSTS = List.of(
            "", "Host: \r\n", "Host: a b\r\n", "Host: a:99999999\r\n", "Host: [::\r\n", "Host: a\r\nHost: b\r\n");
    private static final List<String> NAMES = List.of(
            "Accept",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Content-Type",
            "Content-Encoding",
            "Prefer",
            "X-Request-Id",
            "Cookie",
            "Range",
            "If-None-Match",
            "If-Modified-Since",
            "Upgrade",
            "Origin",
            "Forwarded",
            "X-Forwarded-For",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "Expect",
            "TE",
            "X");
    private static final List<String> VALUES = List.of(
            "",
            ",,,;",
            ";",
            "a;",
            "\"",
            "/",
            "a/",
            "a/b/c",
            "*/*",
            "application/json",
            "application/json;charset=\"",
            "text/html;q=z",
            "application/x-ndjson",
            "a;b=c;d=\"",
            "wait=99999999999999999999",
            "gzip;q=",
            "websocket",
            "bytes=0-,-",
            "===;;;",
            "100-continue",
            "text/plain",
            "application/octet-stream",
            "é",
            "NaN");
    private static final List<String> AUTHORIZATIONS =
            List.of("Bearer", "Bearer x", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic bm9kZTpub2Rl", "Bearer a b", "");

    private final Api api;
    private final List<Api.Operation> doors;
    private final Random random;
    private final String goodToken;

    /** @param goodToken a bearer token that is good for some time */
    public OddRequests(Api api, String goodToken, Random random) {
        this.goodToken = goodToken;
        this.api = api;
        this.doors = api.operations();
        this.random = random;
    }

    /**
     * One request.
     *
     * @param text as ISO 8859-1
     * @param isFramed whether it is clear where it ends, so that the connection can be used again
     */
    public record Odd(String text, String method, boolean isFramed) {
        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }

        @Override
        public String toString() {
            return text.length() <= 2_000 ? text : text.substring(0, 2_000) + "…";
        }
    }

    public Odd next() {
        Api.Operation door = any(doors);
        String method = chance(20) ? method() : door.method();
        String body = chance(10) ? noise(200) : body(door);
        boolean hasBody = method.equals("POST") || chance(50);
        var head = new StringBuilder(
                method + " " + target(door) + " " + (chance(30) ? any(VERSIONS) : "HTTP/1.1") + "\r\n");
        head.append(chance(30) ? any(HOSTS) : "Host: localhost\r\n");
        for (int more = random.nextInt(4); more > 0; more--) {
            head.append(chance(10) ? noise(20) : any(NAMES)).append(": ");
            head.append(chance(10) ? noise(40) : any(VALUES)).append("\r\n");
        }
        if (chance(15)) {
            head.append("Authorization: ");
            head.append(chance(2) ? "Bearer " + goodToken : any(AUTHORIZATIONS)).append("\r\n");
        }
        if (hasBody && !chance(20)) {
            head.append("Content-Type: ")
                    .append(door.bodyType().orElse("application/json"))
                    .append("\r\n");
        }
        return hasBody ? withBody(method, head, body) : odd(method, head + "\r\n", true);
    }

    private Odd withBody(String method, StringBuilder head, String body) {
        if (chance(15)) {
            String end = chance(10) ? "zz\r\n" : "0\r\n\r\n";
            String chunk = body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
            return odd(method, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + end, end.startsWith("0"));
        }
        if (chance(50)) {
            String length =
                    any(List.of("-1", "+2", "x", "99999999999999999999", "0x10", "1, 2", "1\r\nContent-Length: 2"));
            return odd(method, head + "Content-Length: " + length + "\r\n\r\n" + body, false);
        }
        return odd(method, head + "Content-Length: " + body.length() + "\r\n\r\n" + body, true);
    }

    /** A protocol that is upgraded, and a body that is not asked for, leave open where the next request begins. */
    private static Odd odd(String method, String text, boolean isFramed) {
        boolean isPlain = text.contains(" HTTP/1.1\r\n") && !text.contains("Upgrade") && !method.equals("CONNECT");
        return new Odd(text, method, isFramed && isPlain);
    }

    private String method() {
        return chance(2) ? any(METHODS) : noise(12).replaceAll("[^A-Za-z0-9!#$%&'*+.^_`|~-]", "Q") + "X";
    }

    private String target(Api.Operation door) {
        if (chance(8)) {
            return any(TARGETS);
        }
        Map<String, String> values = door.parameters().stream()
                .filter(parameter -> parameter.in().equals("path"))
                .collect(Collectors.toMap(Api.Parameter::name, this::value));
        String query = door.parameters().stream()
                .filter(parameter -> parameter.in().equals("query") && chance(2))
                .map(parameter -> parameter.name() + "=" + value(parameter))
                .collect(Collectors.joining("&", "?", ""));
        String target = door.pathWith(values) + (query.length() > 1 ? query : "");
        return chance(10) ? mutated(target).replaceAll("[ \r\n]", "+") : target;
    }

    private String value(Api.Parameter parameter) {
        List<String> wrong = WrongParameters.of(parameter.schema());
        return wrong.isEmpty() || chance(2) ? api.valid(parameter.schema()).asText() : any(wrong);
    }

    private String body(Api.Operation door) {
        String valid = door.takesJson() ? api.valid(door.bodySchema()).toString() : "old 0\n\nlab\n1\nAAAA\n";
        return chance(4) ? valid : mutated(valid);
    }

    private String mutated(String text) {
        var mutated = new StringBuilder(text);
        for (int more = 1 + random.nextInt(3); more > 0; more--) {
            int at = random.nextInt(mutated.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> mutated.setLength(at);
                case 1 -> mutated.insert(at, noise(4));
                case 2 -> mutated.insert(at, mutated.substring(0, at));
                default -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(3)));
            }
        }
        mutated.setLength(Math.min(mutated.length(), 4_000));
        return mutated.toString();
    }

    /** Any bytes but those that end a line. */
    private String noise(int most) {
        return random.ints(1 + random.nextInt(most), 0x20, 0x100)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
