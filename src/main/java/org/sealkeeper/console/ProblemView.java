package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * What went wrong, and where to go from here.
 *
 * @param detail what was expected; empty where the title says it all
 * @param request the id under which the logs have it
 * @param caller empty where it is not known
 * @param isSignedIn whether the caller can sign out, and in as somebody else
 * @param next the page to go to; empty where there is none
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ProblemView(
        String title,
        Optional<String> detail,
        String request,
        Optional<String> caller,
        boolean isSignedIn,
        Optional<String> next)
        implements TemplateInstance {}
