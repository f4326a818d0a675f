package org.sealkeeper.http.problem;

import java.util.Map;

/**
 * A problem as people see it.
 *
 * @param headers in any order, the Content-Type left out
 */
public record ProblemPage(int status, Map<String, String> headers, String html) {
    static final String MEDIA_TYPE = "text/html;charset=utf-8";

    public ProblemPage {
        headers = Map.copyOf(headers);
    }
}
