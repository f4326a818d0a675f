package org.sealkeeper.keys.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.hsm.Finding;
import org.sealkeeper.kernel.TokenLabel;

class PlanTest {
    private static Drift unknown(String object) {
        return new Drift(new TokenLabel("one"), new Finding(Finding.Kind.UNKNOWN, object, Optional.empty()));
    }

    /** A request names it, and is refused where it finds another. */
    @Test
    void driftIsTheSameInWhicheverOrderTheTokenListsItsObjects() {
        Drift certificate = unknown("certificate 'a'");
        Drift key = unknown("private key 'a'");
        assertThat(new Plan(List.of(), List.of(key, certificate)))
                .isEqualTo(new Plan(List.of(), List.of(certificate, key)));
    }
}
