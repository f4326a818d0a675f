package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;
import org.sealkeeper.hsm.state.TokenStateMachine;
import org.sealkeeper.kernel.TokenLabel;

/**
 * What a token is like at one moment.
 *
 * @param serial empty where it was never let in
 * @param state with its epoch, its reason and how long ago the token proved itself
 * @param probeInterval between two proofs
 * @param pools how the sessions of each kind are used
 */
public record TokenStatus(
        TokenLabel label,
        Optional<String> serial,
        TokenStateMachine.Snapshot state,
        Duration probeInterval,
        SequencedMap<String, PoolUse> pools) {

    /**
     * How the sessions for one kind of work are used.
     *
     * @param sessions at most
     * @param busy of them
     * @param stuck sessions beside them, whose calls do not return
     * @param waiting requests
     */
    public record PoolUse(int sessions, int busy, int stuck, int waiting) {}

    /** How the sessions of this pool are used. */
    public PoolUse pool(String name) {
        return Optional.ofNullable(pools.get(name)).orElseThrow();
    }

    /** Whether it works, and has proved it lately: two intervals without a proof mean that nothing probes it. */
    public boolean isReady() {
        return state.state().isUsed() && state.sinceProof().compareTo(probeInterval.multipliedBy(2)) <= 0;
    }
}
