package org.sealkeeper.http.problem;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Shows problems to people, whose browsers show no JSON as text. The doors know no more of pages than this. */
public interface ProblemPages {

    /** The page for whoever asked; empty where that is a program, which gets problem+json. */
    Optional<ProblemPage> page(Problem problem, RoutingContext context);
}
