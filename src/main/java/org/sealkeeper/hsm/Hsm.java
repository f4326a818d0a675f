package org.sealkeeper.hsm;

import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ConfigurationFault;

/**
 * One token, logged in. Keys exist only inside it.
 *
 * <p>Safe for use by many threads. What gives a stage never blocks the caller; the other operations do, and are for commands
 * and the start of the service.
 */
public final class Hsm implements AutoCloseable {
    private final TokenProfile profile;
    private final TokenWork work;

    private Hsm(TokenProfile profile, TokenWork work) {
        this.profile = profile;
        this.work = work;
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
        return new Hsm(settings.profile(), new TokenWork(settings.profile(), epoch, loops));
    }

    /** Signs. */
    public Signatures signatures() {
        return new Signatures(work);
    }

    /** Makes, releases and re-wraps data keys. */
    public TokenDataKeys dataKeys() {
        return new TokenDataKeys(work, profile.recipientAlgorithm());
    }

    /** Makes, checks and destroys signing keys. */
    public SigningKeyAdministration signingKeyAdministration() {
        return new SigningKeyAdministration(work, profile);
    }

    /** Makes, checks and destroys what data keys need in the token. */
    public DataKeyAdministration dataKeyAdministration() {
        return new DataKeyAdministration(work);
    }

    /** What earlier versions kept in the token. */
    public TokenDataObjects dataObjects() {
        return new TokenDataObjects(work);
    }

    /** The texts that processes keep in the token. */
    public TokenRecords records() {
        return new TokenRecords(work);
    }

    /** Refuses what waits, lets what is in the token end, and logs out. */
    @Override
    public void close() {
        work.close();
    }

    TokenWork work() {
        return work;
    }
}
