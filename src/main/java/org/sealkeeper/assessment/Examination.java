package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Fault;

/** Collects what checks find. What cannot be seen is a finding, too, of each check that would have looked at it. */
public final class Examination {
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    public Examination(Instant now) {
        this.now = now;
    }

    /** When it is made. */
    public Instant now() {
        return now;
    }

    /**
     * Looks, and has these checks judge what was seen.
     *
     * @param about what is looked at, in words: of what was not seen nothing else is known
     */
    public <T> void judge(String about, Supplier<T> source, List<Check<T>> checks) {
        T seen;
        try {
            seen = source.get();
        } catch (ConfigurationFault | Fault e) {
            String why = String.valueOf(e.getMessage());
            checks.forEach(check -> findings.add(check.unchecked(about, why)));
            return;
        }
        checks.forEach(check -> check.findings(seen, now).forEach(findings::add));
    }

    /** Says of something that it is out of sight. */
    public void say(Finding finding) {
        findings.add(finding);
    }

    /**
     * All that was found.
     *
     * @param version of this program
     * @param components what it is made of, each with its version
     */
    public Report report(String version, List<String> components) {
        return new Report(now, version, findings, components);
    }
}
