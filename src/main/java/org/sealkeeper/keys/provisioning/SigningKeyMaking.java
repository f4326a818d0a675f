package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.KeyVersion;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.SigningKeyAdministration;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeySelfTest;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.KeyStatus;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.verify.VerificationKey;

/**
 * Makes one key pair in one token: the intent, with a fresh random CKA_ID, is durable before the token is asked, and the public half is kept
 * last, once the pair is proven.
 */
record SigningKeyMaking(Tokens tokens, KeyCatalogue catalogue, SecureRandom random, InstantSource clock) {

    /** Records the intent. */
    PendingKey begin(KeyAlias alias, int version, Hsm token, KeyPurpose purpose, SigningAlgorithm algorithm) {
        var pending = new PendingKey(
                alias,
                version,
                token.label(),
                purpose,
                algorithm,
                CkaId.random(random),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        catalogue.begin(pending);
        return pending;
    }

    /** Destroys what an interrupted run left in the token of what it had begun. */
    PendingKey again(PendingKey interrupted, Hsm token) {
        int _ = token.signingKeyAdministration().destroy(interrupted.ckaId());
        token.inspection().destroyCutOff();
        return interrupted;
    }

    /**
     * Makes and proves the pair, and keeps it.
     *
     * @param state pre-active or active
     */
    CataloguedKey finish(PendingKey pending, KeyState state, Hsm token, Decision by) {
        SigningKeyAdministration administration = token.signingKeyAdministration();
        VerificationKey publicKey = administration.generate(pending.ckaId(), pending.label(), pending.algorithm());
        X509Certificate certificate = SelfSignedCertificate.of(
                pending,
                publicKey,
                content -> Completion.await(token.signatures().sign(pending.ckaId(), publicKey, content)));
        administration.store(pending.ckaId(), pending.label(), certificate);
        var key = new CataloguedKey(
                pending.alias(),
                pending.version(),
                pending.token(),
                pending.purpose(),
                new KeyStatus(state, clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                pending.ckaId(),
                publicKey,
                List.of(certificate),
                pending.createdAt());
        new KeySelfTest(token).pass(key);
        catalogue.finish(
                key, leaf(key, Operation.CREATE_KEY, new Subject.Whole()).decidedBy(by));
        return key;
    }

    /** What tells the audit log about a pair. */
    Leaf leaf(CataloguedKey key, Operation operation, Subject subject) {
        Leaf about = Leaf.ofCommand(clock.instant(), operation, subject)
                .with(new KeyVersion(key.alias(), key.version(), key.keyId()));
        return tokens.recorded(key.token()).map(about::inside).orElse(about);
    }
}
