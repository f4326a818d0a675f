package org.sealkeeper.hsm;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.hsm.state.TokenStateMachine;
import org.sealkeeper.kernel.Fault;

/**
 * Lets a token in anew: with no call in flight, first on the library as it is, then on one that is initialized anew. What was let in proves
 * itself before it is used. Where calls do not return there is nothing left to do but to end the process: to finalize a library beside a call in
 * flight crashes it, and nothing can interrupt the call.
 */
final class TokenRecovery {
    private static final System.Logger LOG = System.getLogger(TokenRecovery.class.getName());

    private final TokenHealth health;
    private final TokenSettings settings;
    private final TokenStateMachine machine;
    private final TokenAccess access;
    private final Readmission readmission;
    private final Runnable hopeless;
    private final PinFileWatch pinFile;
    private final GrowingPause pause = new GrowingPause(System::nanoTime);
    private @Nullable Long hangingSince;
    /** Libraries keep objects in memory: what an operator has corrected is seen by a new one. */
    private boolean isLibraryDoubted;

    private boolean isGivenUp;

    TokenRecovery(Hsm hsm, Readmission readmission, Runnable hopeless) {
        this.health = hsm.health();
        this.settings = health.settings();
        this.machine = health.machine();
        this.access = health.access();
        this.readmission = readmission;
        this.hopeless = hopeless;
        this.pinFile = new PinFileWatch(settings.userPin());
    }

    /** Tries once, if it is time to. */
    void tryWhenDue() throws InterruptedException {
        TokenState state = machine.state();
        if ((state == TokenState.AUTH_FAILED || state == TokenState.LOCKED_OUT)
                && pinFile.isChanged(System.nanoTime())) {
            machine.retry("the PIN file changed");
        }
        if (machine.isRecoveryDue() && access.library().recovery().tryLock()) {
            try {
                tryNow();
            } finally {
                access.library().recovery().unlock();
            }
        }
    }

    private void tryNow() throws InterruptedException {
        try {
            if (access.calls().close(settings.profile().deadline())) {
                hangingSince = null;
                isGivenUp = false;
                recover();
            } else {
                callsHang();
            }
        } finally {
            access.calls().open();
        }
    }

    private void callsHang() {
        long now = System.nanoTime();
        hangingSince = hangingSince == null ? now : hangingSince;
        machine.notRecovered("calls that are in the token do not return");
        if (now - hangingSince > settings.profile().hardDeadline().toNanos()) {
            giveUp();
        }
    }

    private void giveUp() {
        String why = "calls that are in the token have not returned for "
                + settings.profile().hardDeadline().toSeconds() + " s";
        if (!isGivenUp) {
            isGivenUp = true;
            LOG.log(System.Logger.Level.ERROR, "{0}, and nothing can interrupt them", why);
        }
        machine.notRecovered(why);
        hopeless.run();
    }

    /** On a thread of its own: what is called may hang, too; nothing else is tried beside it. */
    private void recover() throws InterruptedException {
        CompletableFuture<Void> attempt = CompletableFuture.runAsync(
                this::attempt,
                task -> Thread.ofPlatform()
                        .name("hsm-recovery-attempt")
                        .daemon()
                        .start(task));
        try {
            await(attempt);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void await(CompletableFuture<Void> attempt) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                attempt.get(settings.profile().hardDeadline().toNanos(), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                giveUp();
            }
        }
    }

    private void attempt() {
        pinFile.beforeTry();
        try {
            Epoch next = letIn();
            machine.found();
            prove(next);
            access.begin(next);
            machine.recovered();
            pause.end();
        } catch (LoginRefused refused) {
            machine.refused(refused.state(), String.valueOf(refused.getMessage()));
        } catch (ConfigurationFault fault) {
            judge(fault);
        } catch (Fault fault) {
            machine.notRecovered(String.valueOf(fault.getMessage()));
        } catch (InterruptedException e) {
            // None of ours: an attempt has a thread of its own.
            machine.notRecovered("the attempt was interrupted");
        } catch (RuntimeException e) {
            machine.notRecovered("a fault of this appliance: " + e);
            throw e;
        }
    }

    private Epoch letIn() throws InterruptedException {
        if (!isLibraryDoubted || !mayReinitialize()) {
            try {
                return next();
            } catch (HsmFault fault) {
                if (!mayReinitialize()) {
                    throw fault;
                }
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "the token was not let in ({0}); the library is initialized anew",
                        fault.getMessage());
            }
        }
        pause.begin();
        access.library().reinitialize(access, settings.profile().deadline());
        isLibraryDoubted = false;
        return next();
    }

    /** To initialize the library anew has its other tokens wait: not for each attempt while this one is away. */
    private boolean mayReinitialize() {
        return !access.library().isUsedBeside(access) || pause.isOver();
    }

    private Epoch next() {
        Optional<Epoch> last = access.lastEpoch();
        return last.isPresent() ? last.get().next(settings) : Hsm.firstEpoch(settings);
    }

    private void prove(Epoch next) {
        try (var work = new CandidateWork(next, settings.profile())) {
            readmission.prove(new Hsm(settings.profile(), work, health));
        }
    }

    /** A key that fails because the token failed says nothing about the key: that may pass. */
    private void judge(ConfigurationFault fault) {
        String why = String.valueOf(fault.getMessage());
        if (fault.getCause() instanceof HsmFault cause && !cause.isOfAnotherKey()) {
            machine.notRecovered(why);
        } else {
            isLibraryDoubted = true;
            machine.refused(TokenState.POLICY_FAILED, why);
        }
    }
}
