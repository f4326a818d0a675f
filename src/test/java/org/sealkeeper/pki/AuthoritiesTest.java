package org.sealkeeper.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sealkeeper.config.ConfigurationFault;

class AuthoritiesTest {
    private static final TestAuthority CA = TestAuthority.root("CA");

    private static final TestAuthority LOWEST =
            TestAuthority.self("development CA", certificate -> certificate.authorityOver(0));

    @TempDir
    Path folder;

    /** Whole seconds, as certificates and lists have them. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final Instant tomorrow = now.plus(Duration.ofDays(1));

    private Authorities authorities(Object... certificates) {
        return Authorities.of(pem("ca.pem", certificates), Optional.empty(), now);
    }

    private Authorities authorities(TestAuthority authority, Object... lists) {
        return Authorities.of(pem("ca.pem", authority.certificate()), Optional.of(pem("crl.pem", lists)), now);
    }

    private KeyFile pem(String name, Object... content) {
        return KeyFile.read(TestAuthority.write(folder.resolve(name), content));
    }

    private static TestAuthority client(TestAuthority issuer) {
        return issuer.issue("node", certificate -> certificate.client().uri("urn:example:node"));
    }

    private static String complaint(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Genuine _ -> "none";
            case Judgement.Refused(var why) -> why;
        };
    }

    static List<BadCertificates.Case> badCertificates() {
        return BadCertificates.of(LOWEST);
    }

    @ParameterizedTest
    @MethodSource("badCertificates")
    void noBadCertificateIsGenuine(BadCertificates.Case bad) {
        assertThat(authorities(LOWEST.certificate()).judge(bad.shown().chain(), now))
                .isInstanceOf(Judgement.Refused.class);
    }

    @Test
    void aGenuineCertificateIsGoodUntilTheFirstOfItsChainEnds() {
        TestAuthority below = CA.issue(
                "below", certificate -> certificate.authority().valid(Duration.ofHours(-2), Duration.ofHours(5)));

        TestAuthority node = client(below);

        assertThat(authorities(CA.certificate()).judge(node.chain(), now))
                .isEqualTo(new Judgement.Genuine(
                        node.certificate(), below.certificate().getNotAfter().toInstant()));
    }

    @Test
    void anAuthorityThatMayHaveNoneBelowItHasNone() {
        TestAuthority top = TestAuthority.self("top", certificate -> certificate.authorityOver(0));
        TestAuthority below = top.issue("below", IssuedCertificate::authority);

        assertThat(complaint(authorities(top.certificate()).judge(client(below).chain(), now)))
                .contains("may not have authorities below it");
    }

    @Test
    void anAuthorityIssuesOnlyNamesItMay() {
        TestAuthority labs = CA.issue("labs", certificate -> certificate.onlyBelow("O=Labs"));

        assertThat(complaint(authorities(CA.certificate()).judge(client(labs).chain(), now)))
                .contains("a name its authority may not issue");
    }

    @Test
    void anAuthorityWhoseOwnNamesAreConstrainedIsRefusedByItsFile() {
        TestAuthority labs = TestAuthority.self("labs", certificate -> certificate.onlyBelow("O=Labs"));

        assertThatThrownBy(() -> authorities(labs.certificate())).hasMessageContaining("name constraints");
    }

    @Test
    void aCertificateThatIsNotThatOfAnAuthorityIssuesNothing() {
        assertThat(complaint(
                        authorities(CA.certificate()).judge(client(client(CA)).chain(), now)))
                .contains("not for issuing certificates");
    }

    @Test
    void whatIsRevokedIsRefusedAndNothingElse() {
        TestAuthority revoked = client(CA);
        Authorities authorities = authorities(CA, CA.revoking(tomorrow, revoked.certificate()));

        assertThat(complaint(authorities.judge(revoked.chain(), now))).contains("is revoked");
        assertThat(complaint(authorities.judge(client(CA).chain(), now))).isEqualTo("none");
    }

    @Test
    void anOverdueRevocationListMakesNoCertificateGenuine() {
        Authorities authorities = authorities(CA, CA.revoking(tomorrow));

        for (int minutes : new int[] {1, 60}) {
            assertThat(authorities.judge(client(CA).chain(), tomorrow.plus(Duration.ofMinutes(minutes))))
                    .isInstanceOf(Judgement.Refused.class);
        }
        TestAuthority node = client(CA);
        assertThat(authorities.judge(node.chain(), now))
                .isEqualTo(new Judgement.Genuine(
                        node.certificate(), authorities.revocationsUntil().orElseThrow()));
    }

    @Test
    void anOlderRevocationListDoesNotTakeThePlaceOfANewerOne() {
        Instant before = now.minus(Duration.ofMinutes(5));
        Authorities older = authorities(CA, CA.revoking(before, 7, tomorrow));
        Authorities newer =
                authorities(CA, CA.revoking(now, 8, tomorrow, client(CA).certificate()));

        newer.requireNoOlderRevocations(older);
        newer.requireNoOlderRevocations(newer);
        assertThatThrownBy(() -> older.requireNoOlderRevocations(newer))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageStartingWith(folder.resolve("crl.pem") + ": ")
                .hasMessageContaining("found number 7 of " + before);
        assertThatThrownBy(() -> authorities(CA, CA.revoking(now, 6, tomorrow)).requireNoOlderRevocations(older))
                .hasMessageContaining("number 6");
        assertThatThrownBy(
                        () -> authorities(CA, CA.revoking(before, 9, tomorrow)).requireNoOlderRevocations(newer))
                .hasMessageContaining("number 9");
    }

    /** It has the same name, and another key: its numbers begin anew. */
    @Test
    void theListOfAnotherAuthorityIsNotComparedWithTheOneInForce() {
        TestAuthority namesake = TestAuthority.root("CA");
        Authorities inForce = authorities(CA, CA.revoking(now, 8, tomorrow));
        authorities(namesake, namesake.revoking(now.minus(Duration.ofMinutes(5)), 1, tomorrow))
                .requireNoOlderRevocations(inForce);
    }

    @Test
    void certificatesAreBelievedUntilTheListsOfAllTheirAuthoritiesAreOverdue() {
        TestAuthority other = TestAuthority.root("other");
        var both = Authorities.of(
                pem("ca.pem", CA.certificate(), other.certificate()),
                Optional.of(pem("crl.pem", CA.revoking(tomorrow), other.revoking(now.plus(Duration.ofHours(1))))),
                now);
        assertThat(both.believedUntil()).isEqualTo(tomorrow);
        assertThat(authorities(CA.certificate()).believedUntil())
                .isEqualTo(CA.certificate().getNotAfter().toInstant());
    }

    @Test
    void anAuthorityBelowNeedsARevocationListToo() {
        TestAuthority below = CA.issue("below", IssuedCertificate::authority);

        assertThat(complaint(authorities(CA, CA.revoking(tomorrow))
                        .judge(client(below).chain(), now)))
                .contains("no current revocation list");
        assertThat(complaint(authorities(CA, CA.revoking(tomorrow), below.revoking(tomorrow))
                        .judge(client(below).chain(), now)))
                .isEqualTo("none");
    }

    @Test
    void everyAuthorityMustHaveSignedOneCurrentRevocationList() {
        TestAuthority namesake = TestAuthority.root("CA");
        Instant yesterday = now.minus(Duration.ofHours(2));

        assertRefused("found 0", namesake.revoking(tomorrow));
        assertRefused("found 2", CA.revoking(tomorrow), CA.revoking(tomorrow));
        assertRefused("that are current", CA.revoking(yesterday));
        assertRefused("when the next is due", CA.revoking(null));
        assertRefused("expected revocation lists in PEM", CA.certificate());
        assertRefused("expected revocation lists in PEM");
    }

    private void assertRefused(String message, Object... lists) {
        assertThatThrownBy(() -> authorities(CA, lists))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageStartingWith(folder.resolve("crl.pem") + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void anAuthorityThatIsNoneOrHasExpiredIsRefusedByItsFile() {
        TestAuthority expired = TestAuthority.self(
                "expired", certificate -> certificate.authority().valid(Duration.ofDays(-9), Duration.ofDays(-1)));

        assertThatThrownBy(() -> authorities(client(CA).certificate()))
                .hasMessageStartingWith(folder.resolve("ca.pem") + ": ")
                .hasMessageContaining("CA:TRUE");
        assertThatThrownBy(() -> authorities(CA.certificate(), expired.certificate()))
                .hasMessageContaining("valid now");
        assertThatThrownBy(() -> authorities()).hasMessageContaining("expected certificates in PEM");
    }
}
