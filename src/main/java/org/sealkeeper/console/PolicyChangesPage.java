package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The decisions in which two policies differ.
 *
 * @param asked how many requests both were asked
 * @param isAll whether these are all changes
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record PolicyChangesPage(
        Frame frame, String before, String after, long asked, List<PolicyChange> changes, boolean isAll)
        implements TemplateInstance {}
