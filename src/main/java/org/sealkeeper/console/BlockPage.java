package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;
import org.sealkeeper.ledger.SignedBlock;

/**
 * A signed block, with its record where the caller may read the log.
 *
 * @param evidence where its evidence is, which the browser judges; empty where the log is that of another appliance
 * @param lower the height of the block that it links to
 * @param higher that of the next one
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record BlockPage(Frame frame, SignedBlock block, Optional<String> evidence, Optional<Long> lower, Optional<Long> higher)
        implements TemplateInstance {}
