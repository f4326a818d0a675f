package org.sealkeeper.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.PolicyAttempt;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.Completion;

/**
 * Proves, by trying what a token must refuse, that it enforces what the promises about data keys rest on. Where it has no
 * key-encryption key there is nothing to enforce.
 */
public final class TokenEnforcement {
    /** A token's firmware or policy may be changed while the service runs. */
    private static final Duration PROOF_LASTS = Duration.ofMinutes(5);

    private final Tokens tokens;
    private final KeyEncryptionKeys keys;
    private final InstantSource clock;
    private volatile Instant proven = Instant.MIN;

    public TokenEnforcement(Tokens tokens, KeyEncryptionKeys keys, InstantSource clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Tries now, and waits.
     *
     * @throws ConfigurationFault naming every attempt the token did not refuse
     */
    public void require() {
        tokens.used().forEach(this::require);
        proven = clock.instant();
    }

    /** As {@link #require()}, on one token: as it was let in anew. */
    void require(Hsm candidate) {
        List<CkaId> inUse = inUse(candidate);
        if (!inUse.isEmpty()) {
            require(candidate, inUse);
        }
    }

    /** As {@link #require()}, on a token whose first key-encryption key is about to be made. */
    public static void requireOf(Hsm hsm) {
        require(hsm, List.of());
    }

    /**
     * Tries every token that is used again if the last proof is older than five minutes.
     *
     * @return done while the token refuses; or a {@link ConfigurationFault} naming what it did not
     */
    public CompletionStage<?> probe() {
        Instant now = clock.instant();
        if (proven.plus(PROOF_LASTS).isAfter(now)) {
            return CompletableFuture.completedStage(proven);
        }
        CompletableFuture<?>[] probes = tokens.used().stream()
                .filter(token -> !inUse(token).isEmpty())
                .map(token -> token.dataKeys()
                        .probePolicy(inUse(token))
                        .thenAccept(TokenEnforcement::requireRefused)
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        if (probes.length == 0) {
            return CompletableFuture.completedStage(now);
        }
        return CompletableFuture.allOf(probes).thenRun(() -> proven = now);
    }

    private List<CkaId> inUse(Hsm token) {
        return keys.all().stream()
                .filter(key -> key.state() != KeyEncryptionKey.State.DESTROYED
                        && key.tokens().contains(token.label()))
                .map(KeyEncryptionKey::ckaId)
                .toList();
    }

    private static void require(Hsm hsm, List<CkaId> inUse) {
        requireRefused(Completion.await(hsm.dataKeys().probePolicy(inUse)));
    }

    private static void requireRefused(List<PolicyAttempt> attempts) {
        List<PolicyAttempt> broken =
                attempts.stream().filter(attempt -> !attempt.isRefused()).toList();
        if (!broken.isEmpty()) {
            throw new ConfigurationFault("the token does not enforce what protects data keys: "
                    + broken.stream().map(PolicyAttempt::toString).collect(Collectors.joining("; "))
                    + ". It must hold no key-encryption key: use a token, or a policy of it, that refuses these");
        }
    }
}
