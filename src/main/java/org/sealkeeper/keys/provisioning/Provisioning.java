package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.KeyVersion;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeySelfTest;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.PendingKey;
import org.sealkeeper.verify.VerificationKey;

/**
 * Makes the keys that are declared and missing; never changes or destroys one that is there.
 *
 * <p>May die at any moment. The intent, with a fresh random CKA_ID, is durable before the token is asked, and the row becomes
 * active last; so what an interrupted run left in the token is known by its CKA_ID as no declared key, and is destroyed before
 * the next run makes the key anew. Objects with other CKA_IDs are never touched.
 */
public final class Provisioning {
    private static final int FIRST_VERSION = 1;

    private final Hsm hsm;
    private final KeyCatalogue catalogue;
    private final SecureRandom random;
    private final InstantSource clock;
    private final KeySelfTest selfTest;

    /** Needs the {@link ProvisioningLock}: two at once would destroy what the other is making. */
    public Provisioning(
            Hsm hsm, KeyCatalogue catalogue, SecureRandom random, InstantSource clock, ProvisioningLock held) {
        held.requireHeld();
        this.hsm = hsm;
        this.catalogue = catalogue;
        this.random = random;
        this.clock = clock;
        this.selfTest = new KeySelfTest(hsm);
    }

    /**
     * Refuses declarations that contradict the catalogue or ask more than the token can do, before anything is made.
     *
     * @throws ConfigurationFault naming the key
     */
    public void check(List<DeclaredKey> declared) {
        for (DeclaredKey key : declared) {
            catalogue
                    .newest(key.alias())
                    .ifPresent(known -> refuseOther(
                            key, known.purpose(), known.verificationKey().algorithm()));
            catalogue.pending(key.alias()).ifPresent(known -> refuseOther(key, known.purpose(), known.algorithm()));
            if (!hsm.signingKeyAdministration().offers(key.algorithm())) {
                throw new ConfigurationFault("key '" + key.alias() + "' is declared with "
                        + key.algorithm().joseName()
                        + ", which the token's profile does not list; choose another algorithm");
            }
        }
    }

    /** Whether a key of this alias is there, so that applying its declaration makes nothing. */
    public boolean exists(DeclaredKey declared) {
        return catalogue.newest(declared.alias()).isPresent();
    }

    /** Makes the key unless it is there, and proves it in either case. */
    public ProvisionedKey apply(DeclaredKey declared) {
        check(List.of(declared));
        Optional<CataloguedKey> known = catalogue.newest(declared.alias());
        if (known.isPresent()) {
            if (known.get().state() == KeyState.ACTIVE) {
                selfTest.pass(known.get());
            }
            return new ProvisionedKey(known.get(), ProvisionedKey.Outcome.UNCHANGED);
        }
        Optional<PendingKey> interrupted = catalogue.pending(declared.alias());
        if (interrupted.isPresent()) {
            int _ = hsm.signingKeyAdministration().destroy(interrupted.get().ckaId());
            return new ProvisionedKey(make(interrupted.get()), ProvisionedKey.Outcome.FINISHED);
        }
        return new ProvisionedKey(make(begin(declared)), ProvisionedKey.Outcome.CREATED);
    }

    private PendingKey begin(DeclaredKey declared) {
        var pending = new PendingKey(
                declared.alias(),
                FIRST_VERSION,
                declared.purpose(),
                declared.algorithm(),
                CkaId.random(random),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        catalogue.begin(pending);
        return pending;
    }

    private CataloguedKey make(PendingKey pending) {
        VerificationKey publicKey =
                hsm.signingKeyAdministration().generate(pending.ckaId(), pending.label(), pending.algorithm());
        X509Certificate certificate =
                SelfSignedCertificate.of(pending, publicKey, content -> signed(pending, publicKey, content));
        hsm.signingKeyAdministration().store(pending.ckaId(), pending.label(), certificate);
        var key = new CataloguedKey(
                pending.alias(),
                pending.version(),
                pending.purpose(),
                KeyState.ACTIVE,
                pending.ckaId(),
                publicKey,
                certificate,
                pending.createdAt());
        selfTest.pass(key);
        catalogue.activate(key, leaf(key));
        return key;
    }

    private Leaf leaf(CataloguedKey key) {
        return RecordedChange.leaf(clock.instant(), Operation.CREATE_KEY, new Subject.Whole())
                .with(new KeyVersion(key.alias(), key.version(), key.keyId()));
    }

    private byte[] signed(PendingKey pending, VerificationKey publicKey, byte[] content) {
        return Completion.await(hsm.signatures().sign(pending.ckaId(), publicKey, content));
    }

    private static void refuseOther(DeclaredKey declared, KeyPurpose purpose, SigningAlgorithm algorithm) {
        if (declared.purpose() != purpose || declared.algorithm() != algorithm) {
            throw new ConfigurationFault("key '" + declared.alias() + "' is declared as "
                    + described(declared.purpose(), declared.algorithm()) + ", but the catalogue has it as "
                    + described(purpose, algorithm)
                    + "; a key never changes: correct the declaration, or choose a new alias");
        }
    }

    private static String described(KeyPurpose purpose, SigningAlgorithm algorithm) {
        return purpose.text() + " with " + algorithm.joseName();
    }
}
