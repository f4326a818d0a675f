package org.sealkeeper.hsm;

import java.util.Optional;
import org.sealkeeper.background.BackgroundLoops;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.hsm.state.TokenStateMachine;
import org.sealkeeper.kernel.TokenLabel;

/**
 * One token, logged in. Keys exist only inside it.
 *
 * <p>Safe for use by many threads. What gives a stage never blocks the caller; the other operations do, and are for commands
 * and the start of the service.
 */
public final class Hsm implements AutoCloseable {
    private final TokenProfile profile;
    private final TokenWork work;
    private final TokenHealth health;

    Hsm(TokenProfile profile, TokenWork work, TokenHealth health) {
        this.profile = profile;
        this.work = work;
        this.health = health;
    }

    /** As below, for a command: it ends soon, and asks no loop whether it lives. */
    public static Hsm open(TokenSettings settings) {
        return open(settings, new BackgroundLoops());
    }

    /**
     * Finds the one token with the label, and logs in, once.
     *
     * @param loops where those belong that end overdue requests, probe the token, and let it in anew
     * @throws ConfigurationFault if the library, the token or the PIN is not as declared
     * @throws HsmFault if the token is not there, or fails
     */
    public static Hsm open(TokenSettings settings, BackgroundLoops loops) {
        try {
            return open(settings, loops, new TokenStateMachine(System::nanoTime), Optional.of(firstEpoch(settings)));
        } catch (LoginRefused refused) {
            throw refused.asConfigurationFault();
        }
    }

    /** As {@link #open}, a token that is not the only one: where it fails or does not let the user in, it is out of use until it is let in. */
    static Hsm openIfLetIn(TokenSettings settings, BackgroundLoops loops) {
        try {
            return open(settings, loops, new TokenStateMachine(System::nanoTime), Optional.of(firstEpoch(settings)));
        } catch (LoginRefused refused) {
            return openLater(settings, loops, refused.state(), refused);
        } catch (HsmFault fault) {
            return openLater(settings, loops, TokenState.DOWN, fault);
        }
    }

    private static Hsm openLater(TokenSettings settings, BackgroundLoops loops, TokenState state, Exception why) {
        var machine = TokenStateMachine.notLetIn(System::nanoTime, state, String.valueOf(why.getMessage()));
        return open(settings, loops, machine, Optional.empty());
    }

    private static Hsm open(
            TokenSettings settings, BackgroundLoops loops, TokenStateMachine machine, Optional<Epoch> epoch) {
        TokenProfile profile = settings.profile();
        var access = new TokenAccess(machine, Library.loaded(profile), epoch);
        var work = new PooledWork(profile, access, loops);
        return new Hsm(profile, work, new TokenHealth(settings, machine, access, work));
    }

    static Epoch firstEpoch(TokenSettings settings) {
        Epoch epoch = Epoch.begin(settings);
        try {
            MechanismCheck.of(epoch.token(), settings.profile());
            return epoch;
        } catch (RuntimeException e) {
            epoch.close();
            throw e;
        }
    }

    /** Its label. */
    public TokenLabel label() {
        return health.settings().label();
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

    /** Compares all that is in it with what is to be there. */
    public TokenInspection inspection() {
        return new TokenInspection(work);
    }

    /** What earlier versions kept in the token. */
    public TokenDataObjects dataObjects() {
        return new TokenDataObjects(work);
    }

    /** The texts that processes keep in the token. */
    public TokenRecords records() {
        return new TokenRecords(work);
    }

    /** In which state it is. */
    public TokenHealth health() {
        return health;
    }

    /** Refuses what waits, lets what is in the token end, and logs out. */
    @Override
    public void close() {
        health.close();
        work.close();
    }

    TokenWork work() {
        return work;
    }
}
