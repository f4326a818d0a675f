package org.sealkeeper.pki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Certificates an attacker might show, or an honest client by mistake, with what the refusal says. */
public final class BadCertificates {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String NODE_A = "urn:sealkeeper:node:node-a";

    private final TestAuthority ca;
    private final List<Case> cases = new ArrayList<>();

    /** One of them. */
    public record Case(String name, TestAuthority shown, String complaint) {
        @Override
        public String toString() {
            return name;
        }
    }

    private BadCertificates(TestAuthority ca) {
        this.ca = ca;
    }

    /** All of them; those that are issued at all, by this authority. It may have no authorities below it. */
    public static List<Case> of(TestAuthority ca) {
        var bad = new BadCertificates(ca);
        bad.addTimes();
        bad.addPurposes();
        bad.addStrangers();
        bad.addChains();
        bad.addWeak();
        return bad.cases;
    }

    private static IssuedCertificate nodeA(IssuedCertificate certificate) {
        return certificate.client().uri(NODE_A);
    }

    private void addTimes() {
        leaf("expired", c -> nodeA(c).valid(YEAR.negated(), HOUR.negated()), "has expired");
        leaf("not yet valid", c -> nodeA(c).valid(HOUR, YEAR), "is not valid yet");
    }

    private void addPurposes() {
        leaf("for servers", c -> c.uri(NODE_A).purposes(KeyPurposeId.id_kp_serverAuth), "is not for client");
        leaf("for nothing in particular", c -> c.uri(NODE_A), "is not for client");
        leaf("for any purpose", c -> c.uri(NODE_A).purposes(KeyPurposeId.anyExtendedKeyUsage), "is not for client");
        leaf(
                "of a key that is not for signing",
                c -> c.uri(NODE_A).purposes(KeyPurposeId.id_kp_clientAuth).usage(KeyUsage.keyAgreement),
                "is not for client");
        leaf("of an authority", c -> c.authority().uri(NODE_A).purposes(KeyPurposeId.id_kp_clientAuth), "authority");
        add("the authority's own", ca, "is that of an authority");
        leaf("with a riddle", c -> nodeA(c).riddle(), "critical extension");
    }

    private void addStrangers() {
        TestAuthority stranger = TestAuthority.root("stranger");
        TestAuthority namesake = TestAuthority.root("development CA");
        add("self-signed", TestAuthority.self("node-a", BadCertificates::nodeA), "was not issued by an authority");
        add("of another authority", stranger.issue("node-a", BadCertificates::nodeA), "was not issued by");
        add(
                "of an authority's namesake",
                namesake.issue("node-a", BadCertificates::nodeA).alone(),
                "");
        add("of a namesake that is shown", namesake.issue("node-a", BadCertificates::nodeA), "the client certificate");
        TestAuthority mixed = stranger.issue("node-a", BadCertificates::nodeA);
        List<X509Certificate> chain = List.of(mixed.certificate(), ca.certificate());
        add("with an authority that did not issue it", new TestAuthority(chain, mixed.key()), "the client certificate");
    }

    private void addChains() {
        TestAuthority client = ca.issue("node-b", BadCertificates::nodeA);
        add("issued by a client", client.issue("node-a", BadCertificates::nodeA), "the client certificate");
        TestAuthority below = ca.issue("below", IssuedCertificate::authority);
        add("of an authority too deep", below.issue("node-a", BadCertificates::nodeA), "the client certificate");
        TestAuthority longest = below;
        for (int i = 0; i < 4; i++) {
            longest = longest.issue("below" + i, IssuedCertificate::authority);
        }
        add("with a long chain", longest.issue("node-a", BadCertificates::nodeA), "expected at most 5");
    }

    private void addWeak() {
        add("with a small key", ca.issue("node-a", TestAuthority.keyPair("RSA", 1024), BadCertificates::nodeA), "key");
        leaf("signed with SHA-1", c -> nodeA(c).signature("SHA1withECDSA"), "broken hash");
    }

    private void leaf(String name, Consumer<IssuedCertificate> form, String complaint) {
        add(name, ca.issue("node-a", form), complaint);
    }

    private void add(String name, TestAuthority shown, String complaint) {
        cases.add(new Case(name, shown, complaint));
    }
}
