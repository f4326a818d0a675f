package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * Emergencies, the newest first.
 *
 * @param overdue how many in all were not reviewed in time
 * @param days within which one is to be reviewed
 * @param older the {@code before} of the next page
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record EmergenciesPage(Frame frame, List<EmergencyView> emergencies, long overdue, int days, Optional<Long> older)
        implements TemplateInstance {}
