package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.gate.PolicyVersion;

/**
 * Who may do what.
 *
 * @param digest of the policy in force
 * @param versions that were in force, the newest first
 * @param answer to what was asked; empty where nothing was
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record PolicyPage(
        Frame frame,
        String digest,
        PolicyMatrix matrix,
        List<PolicyVersion> versions,
        Question question,
        Optional<Answer> answer)
        implements TemplateInstance {}
