package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.ledger.SignedBlock;

/**
 * Blocks of a chain, the highest first.
 *
 * @param older the height at which the next page begins
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record ChainPage(Frame frame, ChainSummary chain, List<SignedBlock> blocks, Optional<Long> older)
        implements TemplateInstance {}
