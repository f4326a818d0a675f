package org.sealkeeper.assessment;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.assessment.Check.Answer;

/** Until when the TLS files are good: the server's certificates, those of the authorities that issue to callers, and what these revoked. */
public final class TlsEnds {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);

    /** About the server's certificates, its own first. */
    public static final List<Check<List<X509Certificate>>> SERVER =
            List.of(new Check<>("tls-certificate-end", Safeguard.TRANSMISSION, TlsEnds::server));

    /** About the authorities of callers. */
    public static final List<Check<List<X509Certificate>>> AUTHORITIES =
            List.of(new Check<>("client-authority-end", Safeguard.AUTHENTICATION, TlsEnds::authorities));

    /** About what these revoked; empty where nothing is. */
    public static final List<Check<Optional<List<X509CRL>>>> REVOCATIONS =
            List.of(new Check<>("revocation-list-due", Safeguard.AUTHENTICATION, TlsEnds::revocations));

    private TlsEnds() {}

    private static Stream<Answer> server(List<X509Certificate> chain, Instant now) {
        var ends = new Ends("a certificate that is valid", MONTH, TlsForm.RENEW);
        return chain.stream().map(certificate -> judge(ends, certificate, now));
    }

    private static Stream<Answer> authorities(List<X509Certificate> authorities, Instant now) {
        var ends = new Ends(
                "an authority whose certificate is valid",
                MONTH,
                "add the authority that takes its place to 'tls.clientAuthorities', and have callers' certificates issued anew");
        return authorities.stream().map(certificate -> judge(ends, certificate, now));
    }

    private static Answer judge(Ends ends, X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        return now.isBefore(begin)
                ? Check.weak(
                        TlsForm.name(certificate),
                        Severity.HIGH,
                        ends.what(),
                        "it is valid from " + Ends.text(begin) + " on",
                        "look at this machine's clock, or have one issued that is valid now")
                : ends.judge(
                        TlsForm.name(certificate), certificate.getNotAfter().toInstant(), now);
    }

    private static Stream<Answer> revocations(Optional<List<X509CRL>> lists, Instant now) {
        var ends = new Ends(
                "a revocation list that is current",
                DAY,
                "fetch the newest from the authority into 'tls.revocations'; have that done by a timer");
        return lists.map(all -> all.stream().map(list -> judge(ends, list, now)))
                .orElseGet(() -> Stream.of(Check.weak(
                        "tls.revocations",
                        Severity.MEDIUM,
                        "revocation lists of the authorities",
                        "'none': a certificate that was lost is accepted until it ends",
                        "write the file of the lists into 'tls.revocations'")));
    }

    private static Answer judge(Ends ends, X509CRL list, Instant now) {
        String name = list.getIssuerX500Principal().toString();
        return list.getNextUpdate() == null
                ? Check.weak(name, Severity.HIGH, "a list that says when the next is due", "none", ends.remedy())
                : ends.judge(name, list.getNextUpdate().toInstant(), now);
    }
}
