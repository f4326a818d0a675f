package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The chains that the caller may read. */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ChainsPage(Frame frame, List<ChainSummary> chains) implements TemplateInstance {}
