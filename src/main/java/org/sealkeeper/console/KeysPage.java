package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * Every version of every key.
 *
 * @param undeclared why no cryptoperiod is shown; empty where they are
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record KeysPage(
        Frame frame,
        Optional<String> undeclared,
        List<KeyRow> keys,
        List<SecretKeyRow> secretKeys,
        List<RecipientRow> recipients,
        List<WindowRow> windows)
        implements TemplateInstance {}
