package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.TokenState;
import org.sealkeeper.hsm.state.TokenStateMachine;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/**
 * Proves again and again that the token works, on sessions nothing else uses: that the user is logged in, that a key signs, and that random bytes
 * are random. That keeps the link to the token alive, too.
 */
final class TokenProbe {
    /** No JWS signing input, for it has no dot: such a signature can never pass for one of a document. */
    private static final byte[] MESSAGE = "sealkeeper health probe".getBytes(US_ASCII);

    private static final int RANDOM_BYTES = 16;

    private final PooledWork work;
    private final TokenStateMachine machine;
    private final Supplier<Optional<HealthKey>> key;
    private final long intervalNanos;

    TokenProbe(TokenHealth health, Supplier<Optional<HealthKey>> key) {
        this.work = health.work();
        this.machine = health.machine();
        this.key = key;
        this.intervalNanos = health.settings().profile().probeInterval().toNanos();
    }

    /** Probes a token that is used when the last proof is old enough, and one that is suspect at once. What fails is told by the session. */
    void probeWhenDue() {
        var now = machine.snapshot();
        if (now.state() == TokenState.SUSPECT
                || (now.state() == TokenState.READY && now.sinceProof().toNanos() >= intervalNanos)) {
            probe();
        }
    }

    private void probe() {
        try {
            int epoch = work.probe(this::prove).toCompletableFuture().join();
            machine.proved(epoch);
        } catch (CompletionException failed) {
            // The session has told it.
        }
    }

    private int prove(PooledSession session) {
        Login.requireUser(session.session());
        key.get().ifPresent(health -> session.signing().sign(health.id(), health.publicKey(), MESSAGE));
        requireRandom(session);
        return work.epoch().number();
    }

    private static void requireRandom(PooledSession session) {
        try {
            byte[] random = session.session().generateRandom(RANDOM_BYTES);
            if (random.length != RANDOM_BYTES || isConstant(random)) {
                throw new HsmFault(Meaning.BUSY, "expected random bytes, found " + random.length + " bytes all alike");
            }
        } catch (PKCS11Exception e) {
            throw HsmFault.of("C_GenerateRandom", e);
        }
    }

    private static boolean isConstant(byte[] bytes) {
        for (byte value : bytes) {
            if (value != bytes[0]) {
                return false;
            }
        }
        return true;
    }
}
