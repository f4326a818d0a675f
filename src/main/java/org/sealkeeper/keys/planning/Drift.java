package org.sealkeeper.keys.planning;

import org.sealkeeper.hsm.Finding;
import org.sealkeeper.kernel.TokenLabel;

/** One way in which a token is not what the store says. */
public record Drift(TokenLabel token, Finding finding) {
    /** A sentence. Others choose what the labels of unknown objects do to a terminal. */
    public String text() {
        String what = finding.deviation()
                .map(deviation ->
                        deviation.attribute() + ": expected " + deviation.expected() + ", found " + deviation.found())
                .orElse(finding.kind().text());
        return "token %s: %s: %s".formatted(token, finding.object(), what).replaceAll("\\p{C}", "?");
    }
}
