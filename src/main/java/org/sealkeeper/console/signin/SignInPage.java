package org.sealkeeper.console.signin;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** With which issuers people can sign in, and how the console is opened with a certificate. */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record SignInPage(List<Choice> choices) implements TemplateInstance {

    /**
     * One issuer.
     *
     * @param host that of its server
     * @param path where a sign-in with it begins
     */
    record Choice(String issuer, String host, String path) {}
}
