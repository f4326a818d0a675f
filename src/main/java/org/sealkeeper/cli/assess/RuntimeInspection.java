package org.sealkeeper.cli.assess;

import java.time.LocalDate;
import java.util.List;
import org.sealkeeper.assessment.ApplianceChecks;
import org.sealkeeper.assessment.Examination;
import org.sealkeeper.assessment.OutOfReach;
import org.sealkeeper.assessment.RuntimeChecks;
import org.sealkeeper.assessment.RuntimeChecks.Jdk;
import org.sealkeeper.assessment.TokenChecks;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.TokenProfile;

/** What an appliance runs on, what it declares, and what is out of sight. */
record RuntimeInspection(ApplianceFile appliance) {

    void judgedBy(Examination examination) {
        examination.judge("JDK", RuntimeInspection::jdk, RuntimeChecks.JDK);
        examination.judge("clock", KernelClock::state, RuntimeChecks.CLOCK);
        examination.judge("tokens", this::kinds, TokenChecks.KINDS);
        examination.judge("alerts", () -> appliance.alerts().webhook().isPresent(), ApplianceChecks.ALERTS);
        OutOfReach.FINDINGS.forEach(examination::say);
    }

    private static Jdk jdk() {
        return new Jdk(System.getProperty("java.vendor") + " " + Runtime.version(), released());
    }

    private static LocalDate released() {
        return LocalDate.parse(System.getProperty("java.version.date"));
    }

    private List<String> kinds() {
        return appliance.tokens().stream()
                .map(token -> TokenProfile.read(token.profile()).kind())
                .toList();
    }
}
