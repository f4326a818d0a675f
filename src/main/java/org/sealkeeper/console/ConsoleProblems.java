package org.sealkeeper.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.http.identity.RequestCaller;
import org.sealkeeper.http.identity.SessionCookie;
import org.sealkeeper.http.problem.Problem;
import org.sealkeeper.http.problem.ProblemPage;
import org.sealkeeper.http.problem.ProblemPages;
import org.sealkeeper.http.problem.RequestIds;
import org.sealkeeper.identity.Caller;

/** Shows problems of the console to people: a stranger is led to where it can sign in, and everybody reads what to do next. */
@Singleton
final class ConsoleProblems implements ProblemPages {
    private static final int UNAUTHENTICATED = 401;
    private static final int SEE_OTHER = 303;
    private static final String SIGN_IN = "/console/sign-in";
    private static final String ENTRANCE = "/console";

    @Override
    public Optional<ProblemPage> page(Problem problem, RoutingContext context) {
        if (!isForPeople(context)) {
            return Optional.empty();
        }
        int status = problem.type().status();
        Map<String, String> headers = new HashMap<>(ConsoleHeaders.ALL);
        if (status == UNAUTHENTICATED && isStranger(context.request())) {
            headers.put("Location", SIGN_IN);
            return Optional.of(new ProblemPage(SEE_OTHER, headers, ""));
        }
        Optional<String> caller = RequestCaller.find(context).map(Caller::fullName);
        var page = new ProblemView(
                problem.type().title(),
                detail(problem),
                RequestIds.of(context).value(),
                caller,
                SessionCookie.isShown(context),
                next(context.request(), caller.isPresent()));
        return Optional.of(new ProblemPage(status, headers, page.render()));
    }

    /** As a sentence; empty where the title says the same. */
    private static Optional<String> detail(Problem problem) {
        String detail = problem.detail();
        return detail.equalsIgnoreCase(problem.type().title())
                ? Optional.empty()
                : Optional.of(detail.substring(0, 1).toUpperCase(Locale.ROOT) + detail.substring(1) + ".");
    }

    /** The entrance leads to the first page that a caller may see; where that is none, there is nowhere to go. */
    private static Optional<String> next(HttpServerRequest request, boolean isKnown) {
        return isKnown
                ? Optional.of(ENTRANCE).filter(entrance -> !entrance.equals(request.path()))
                : Optional.of(SIGN_IN);
    }

    /** Programs take anything, or JSON; what a browser goes to, it asks for as HTML. The path may be one that nobody can normalize. */
    private static boolean isForPeople(RoutingContext context) {
        @Nullable String path = context.request().path();
        return path != null
                && SessionCookie.isOfConsole(path)
                && context.request().headers().getAll(HttpHeaders.ACCEPT).stream()
                        .anyMatch(accept -> accept.contains("text/html"));
    }

    /** One that shows a certificate reads why that does not do. */
    private static boolean isStranger(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) && !showsCertificate(request);
    }

    private static boolean showsCertificate(HttpServerRequest request) {
        try {
            return request.sslSession() != null && request.sslSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }
}
