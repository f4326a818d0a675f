package org.sealkeeper.ceremony.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sealkeeper.keys.StoredRow;
import org.sealkeeper.pki.TestAuthority;

class LaterTest {
    private static final TestAuthority ROOT = TestAuthority.root("root");

    private static CatalogueRow row(String state, String since, X509Certificate certificate) {
        return new CatalogueRow(new TreeMap<>(
                Map.of("state", state, "state_since", since, "certificate", StoredRow.encoded(List.of(certificate)))));
    }

    private static X509Certificate issued(Duration from) {
        return ROOT.issue("key", form -> form.valid(from, Duration.ofDays(1))).certificate();
    }

    @Test
    void whatAnAuthorityIssuedIsNeverExchangedForASelfSignedOneWhicheverBeganWhen() {
        CatalogueRow certified = row("active", "2026-01-01T00:00:00Z", issued(Duration.ofDays(-900)));
        CatalogueRow selfSigned = row("active", "2026-01-01T00:00:00Z", ROOT.certificate());
        assertThat(Later.OF_SIGNING_KEYS.compare(certified, selfSigned)).isPositive();
        assertThat(Later.OF_SIGNING_KEYS.compare(selfSigned, certified)).isNegative();
        CatalogueRow renewed = row("active", "2026-01-01T00:00:00Z", issued(Duration.ofDays(-1)));
        assertThat(Later.OF_SIGNING_KEYS.compare(renewed, certified)).isPositive();
    }

    @Test
    void theStateTellsBeforeTheTimeAndTheTimeBeforeTheCertificate() {
        CatalogueRow suspended = row("suspended", "2026-01-02T00:00:00.5Z", ROOT.certificate());
        CatalogueRow active = row("active", "2026-01-02T00:00:00Z", issued(Duration.ofDays(-1)));
        CatalogueRow deactivated = row("deactivated", "2026-01-01T00:00:00Z", ROOT.certificate());
        assertThat(Later.OF_SIGNING_KEYS.compare(suspended, active)).isPositive();
        assertThat(Later.OF_SIGNING_KEYS.compare(deactivated, suspended)).isPositive();
    }
}
