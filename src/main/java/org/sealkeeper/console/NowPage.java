package org.sealkeeper.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;

/**
 * How the appliance is doing.
 *
 * @param unreviewed emergencies that none has reviewed
 * @param overdue those of them that began too long ago
 */
@CheckedTemplate(basePath = "console", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record NowPage(
        Frame frame,
        Instant at,
        HealthView health,
        List<ChainSummary> chains,
        LogView log,
        TrafficView traffic,
        long unreviewed,
        long overdue)
        implements TemplateInstance {

    /** The same for another caller. */
    NowPage in(Frame other) {
        return new NowPage(other, at, health, chains, log, traffic, unreviewed, overdue);
    }
}
