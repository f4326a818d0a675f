package org.sealkeeper.ceremony.catalogue;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.sealkeeper.keys.StoredRow;

/** Which of two pictures of one row is the later one: what was done is never undone, so the states tell. */
final class Later {
    /** Rows that never change. */
    static final Comparator<CatalogueRow> NEVER = (_, _) -> 0;

    /** An active version may be suspended and active again: there, and where it was made meanwhile, the time tells; then that of the certificate. */
    static final Comparator<CatalogueRow> OF_SIGNING_KEYS = byState(List.of(
                    List.of("pre-active"),
                    List.of("active", "suspended"),
                    List.of("deactivated"),
                    List.of("compromised"),
                    List.of("destroying"),
                    List.of("destroyed")))
            .thenComparing(row -> time(row, "state_since"))
            .thenComparing((one, other) ->
                    one.text("certificate").equals(other.text("certificate")) ? 0 : compareCertificates(one, other));

    private Later() {}

    static Comparator<CatalogueRow> byState(String... states) {
        return byState(List.of(states).stream().map(List::of).toList());
    }

    private static Comparator<CatalogueRow> byState(List<List<String>> states) {
        return Comparator.comparingInt(row -> {
            String state = row.text("state").orElse("");
            for (int i = 0; i < states.size(); i++) {
                if (states.get(i).contains(state)) {
                    return i;
                }
            }
            throw new IllegalArgumentException("expected one of " + states + ", found '" + state + "'");
        });
    }

    private static Instant time(CatalogueRow row, String column) {
        try {
            return Instant.parse(row.text(column).orElse(""));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time in " + column, e);
        }
    }

    /** One that an authority issued is never exchanged for a self-signed one, whichever began when. */
    private static int compareCertificates(CatalogueRow one, CatalogueRow other) {
        return Comparator.comparing(Later::isIssued)
                .thenComparing(X509Certificate::getNotBefore)
                .compare(certificate(one), certificate(other));
    }

    private static boolean isIssued(X509Certificate certificate) {
        return !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static X509Certificate certificate(CatalogueRow row) {
        try {
            return StoredRow.chain(row.text("certificate").orElse("")).getFirst();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("expected a certificate", e);
        }
    }

    /** The earlier of two times, of a column that may have none. */
    static CatalogueRow withEarliest(String column, CatalogueRow row, CatalogueRow other) {
        if (other.text(column).isEmpty()
                || (row.text(column).isPresent() && !time(other, column).isBefore(time(row, column)))) {
            return row;
        }
        return row.with(column, other.text(column).orElseThrow());
    }
}
