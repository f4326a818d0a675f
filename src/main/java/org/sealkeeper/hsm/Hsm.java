package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.DataKeyOutcome.Generated;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.Rewrapped;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;

/**
 * One token, logged in: signs, releases data keys, and makes, checks and destroys keys. Keys exist only inside it.
 *
 * <p>Safe for use by many threads. What gives a stage never blocks the caller; the other operations do, and are for commands
 * and the start of the service.
 */
public final class Hsm implements AutoCloseable {
    /** Some tokens search minutes for RSA primes. */
    private static final Duration ADMINISTRATION_DEADLINE = Duration.ofMinutes(5);

    private static final int RECORDS_AT_A_TIME = 8;

    private final TokenProfile profile;
    private final Epoch epoch;
    private final SessionPool sessions;
    /** Of its own: every signature waits for the record of its claim, which must not wait behind other signatures. */
    private final SessionPool records;

    private Hsm(TokenProfile profile, Epoch epoch, BackgroundLoops loops) {
        this.profile = profile;
        this.epoch = epoch;
        this.sessions = new SessionPool(
                "hsm",
                () -> new PooledSession(epoch, profile),
                profile.poolSize(),
                profile.queueLength(),
                profile.deadline(),
                loops);
        this.records = new SessionPool(
                "hsm-records",
                () -> new PooledSession(epoch, profile),
                1,
                RECORDS_AT_A_TIME,
                profile.deadline(),
                loops);
    }

    /** As below, for a command: it ends soon, and asks no loop whether it lives. */
    public static Hsm open(TokenSettings settings) {
        return open(settings, new BackgroundLoops());
    }

    /**
     * Finds the one token with the label, and logs in, once.
     *
     * @param loops where the one that ends overdue requests belongs
     * @throws ConfigurationFault if the library, the token or the PIN is not as declared
     * @throws HsmFault if the token is not there, or fails
     */
    public static Hsm open(TokenSettings settings, BackgroundLoops loops) {
        Epoch epoch = Epoch.begin(settings);
        try {
            MechanismCheck.of(epoch.token(), settings.profile());
        } catch (RuntimeException e) {
            epoch.close();
            throw e;
        }
        return new Hsm(settings.profile(), epoch, loops);
    }

    /**
     * Signs with the private key of a CKA_ID, and verifies the signature under the public key before the stage completes.
     *
     * <p>The stage completes on one of the few threads that sign: what depends on it must be short, and must never wait.
     *
     * @param message the bytes before any digest
     * @return the signature in JWS form (RFC 7518 section 3.4); or {@link HsmFault}, or {@link
     *     org.sealkeeper.kernel.Overload} where nothing was begun
     */
    public CompletionStage<byte[]> sign(CkaId id, VerificationKey key, byte[] message) {
        return sign(id, key, message, () -> {});
    }

    /**
     * As above, if nothing is in the way at the last moment.
     *
     * @param last runs on the thread that signs, right before the token is asked; what it throws is the stage's failure
     */
    public CompletionStage<byte[]> sign(CkaId id, VerificationKey key, byte[] message, Runnable last) {
        return submit(session -> {
            last.run();
            return session.signing().sign(id, key, message);
        });
    }

    /**
     * Authenticates a message with the binding key of a key-encryption key; completes as {@link #sign} does.
     *
     * @return the HMAC-SHA-256 (RFC 2104), 32 bytes; compare it in constant time
     */
    public CompletionStage<byte[]> authenticate(CkaId kek, byte[] message) {
        return sessions.submit(profile.deadline(), session -> session.dataKeys().authenticate(kek, message));
    }

    /** Makes an AES-256 data key that leaves the token wrapped and encrypted only; completes as {@link #sign} does. */
    public CompletionStage<Generated> generateDataKey(CkaId kek, RecipientKey recipient) {
        return sessions.submit(profile.deadline(), session -> session.dataKeys().generate(kek, recipient));
    }

    /**
     * Unwraps a data key inside the token and encrypts it to the recipient; completes as {@link #sign} does.
     *
     * @param wrapped as {@link DataKeyOutcome.NewDataKey#wrapped} gave it
     */
    public CompletionStage<Released> releaseDataKey(CkaId kek, byte[] wrapped, RecipientKey recipient) {
        return sessions.submit(profile.deadline(), session -> session.dataKeys().release(kek, wrapped, recipient));
    }

    /**
     * Wraps a data key under another key-encryption key, inside the token; completes as {@link #sign} does.
     *
     * @param transit the CKA_ID of the transit pair of an open rewrap window
     */
    public CompletionStage<Rewrapped> rewrapDataKey(CkaId from, CkaId to, CkaId transit, byte[] wrapped) {
        return sessions.submit(profile.deadline(), session -> session.dataKeys().rewrap(from, to, transit, wrapped));
    }

    /** The JWE {@code alg} (RFC 7518 section 4.1) of what this token encrypts to recipients. */
    public String recipientAlgorithm() {
        return profile.recipientAlgorithm().joseName();
    }

    /**
     * Tries to break what the token must enforce for data keys; completes as {@link #sign} does.
     *
     * @param keks key-encryption keys in use, on which only what does no harm is tried
     * @return every attempt; or {@link HsmFault} where what is allowed failed
     */
    public CompletionStage<List<PolicyAttempt>> probePolicy(List<CkaId> keks) {
        return sessions.submit(profile.deadline(), ignored -> {
            Session session = epoch.openSession(true);
            try {
                TokenObjects objects = epoch.objects(session);
                List<Long> handles = keks.stream()
                        .map(kek -> objects.only(TokenKey.keyEncryption(kek)))
                        .toList();
                OptionalLong trusted = Arrays.stream(objects.trustedKeys()).findFirst();
                return new PolicyProbe(session, profile.recipientAlgorithm()).run(handles, trusted);
            } finally {
                Epoch.close(session);
            }
        });
    }

    /** Makes, checks and destroys what data keys need in the token. */
    public DataKeyAdministration dataKeyAdministration() {
        return new DataKeyAdministration(this);
    }

    /** Whether this kind of token signs with the algorithm. */
    public boolean offers(SigningAlgorithm algorithm) {
        return profile.algorithms().contains(algorithm);
    }

    /** Makes a key pair in the token, which keeps it, and gives its public half. */
    public VerificationKey generate(CkaId id, String label, SigningAlgorithm algorithm) {
        return administer(objects -> {
            objects.generate(new SigningKeyTemplate(id, label, algorithm));
            long[] publicKeys = objects.withId(CKO_PUBLIC_KEY, id);
            if (publicKeys.length != 1) {
                throw new HsmFault("expected one new public key in the token, found " + publicKeys.length, null);
            }
            byte[] spki = new TokenPublicKey(objects, publicKeys[0])
                    .spki(algorithm)
                    .orElseThrow(() -> new HsmFault("the token's new public key cannot be read", null));
            return VerificationKey.of(algorithm, spki);
        });
    }

    /** Stores a certificate beside its key, so that every PKCS#11 tool, SunPKCS11 for one, sees the key. */
    public void store(CkaId id, String label, X509Certificate certificate) {
        AttributeVector object = CertificateTemplate.of(id, label, certificate);
        CkaId _ = administer(objects -> {
            objects.create(object);
            return id;
        });
    }

    /** The values of all data objects with this label; empty ones among them are such whose writing was interrupted. */
    public List<byte[]> data(String label) {
        return administer(objects -> {
            List<byte[]> values = new ArrayList<>();
            for (long handle : objects.withLabel(CKO_DATA, label)) {
                values.add((byte[]) objects.attribute(handle, CKA_VALUE).orElse(new byte[0]));
            }
            return values;
        });
    }

    /** Destroys all data objects with this label. */
    public void destroyData(String label) {
        int _ = administer(objects -> {
            long[] handles = objects.withLabel(CKO_DATA, label);
            for (long handle : handles) {
                objects.destroy(handle);
            }
            return handles.length;
        });
    }

    /** The texts that processes keep in the token. */
    public TokenRecords records() {
        return new TokenRecords(this);
    }

    /** Destroys every object with this CKA_ID, and no other; tells how many there were. */
    public int destroy(CkaId id) {
        epoch.handles().forget(id);
        return administer(objects -> {
            long[] handles = objects.withId(id);
            for (long handle : handles) {
                objects.destroy(handle);
            }
            return handles.length;
        });
    }

    /** How the key in the token differs from what was declared of it; empty where it does not. */
    public List<Deviation> deviations(CkaId id, String label, VerificationKey declared) {
        return administer(objects -> new AttributeCheck(objects, id, label, declared).deviations());
    }

    /** Refuses what waits, lets what is in the token end, and logs out. */
    @Override
    public void close() {
        records.close();
        sessions.close();
        epoch.close();
    }

    Epoch epoch() {
        return epoch;
    }

    /** Work on a thread of the pool, within the deadline of a signature. */
    <T> CompletionStage<T> submit(Function<PooledSession, T> work) {
        return sessions.submit(profile.deadline(), work);
    }

    /** Work on the records of this process, within the deadline of a signature; waits for no signature. */
    <T> CompletionStage<T> submitRecord(Function<PooledSession, T> work) {
        return records.submit(profile.deadline(), work);
    }

    /** Work on objects of the token, on a session of its own. */
    <T> T administer(Function<TokenObjects, T> work) {
        return await(ignored -> {
            Session session = epoch.openSession(true);
            try {
                return work.apply(epoch.objects(session));
            } finally {
                Epoch.close(session);
            }
        });
    }

    /** Work on a session of the pool, which the caller waits for. */
    <T> T await(Function<PooledSession, T> work) {
        try {
            return sessions.submit(ADMINISTRATION_DEADLINE, work)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }
}
