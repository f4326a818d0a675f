package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Leaves of the audit log that a search found. */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record AuditPage(Frame frame, SearchForm search, LeafSearch found) implements TemplateInstance {}
