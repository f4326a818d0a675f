package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * One leaf.
 *
 * @param size of the published log
 * @param members its own, each with the leaf that it names, where it names one
 * @param replay what the policy of then says again
 * @param entry its bytes
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record LeafPage(Frame frame, LeafRow leaf, long size, List<Member> members, ReplayView replay, String entry)
        implements TemplateInstance {

    /** A member of the JSON object. */
    record Member(String name, String value, Optional<Long> leaf) {}
}
