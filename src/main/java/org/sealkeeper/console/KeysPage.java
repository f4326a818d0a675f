package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** Every version of every key. */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record KeysPage(
        Frame frame,
        List<KeyRow> keys,
        List<SecretKeyRow> secretKeys,
        List<RecipientRow> recipients,
        List<WindowRow> windows)
        implements TemplateInstance {}
