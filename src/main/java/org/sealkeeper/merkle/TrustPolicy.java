package org.sealkeeper.merkle;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which signatures make a checkpoint trustworthy (C2SP tlog-policy): those of keys of logs, which may be none or of several logs, and
 * of a quorum of witnesses.
 *
 * <p>A key of a type that is not known here signs nothing that can be checked. It is left out, and the text refused only where
 * nothing is left: no key of any log that is named, or no quorum.
 */
public final class TrustPolicy {
    private final Set<VerifierKey> logs;
    private final Set<UnknownKey> unknownLogs;
    private final WitnessQuorum quorum;

    TrustPolicy(Set<VerifierKey> logs, Set<UnknownKey> unknownLogs, WitnessQuorum quorum) {
        this.logs = Set.copyOf(logs);
        this.unknownLogs = Set.copyOf(unknownLogs);
        this.quorum = quorum;
    }

    /**
     * Reads a policy file.
     *
     * @param octets ASCII, and what is opaque beyond it; keys' names are UTF-8
     * @throws IllegalArgumentException that says which line is wrong, and how
     */
    public static TrustPolicy parse(byte[] octets) {
        return TrustPolicyReader.read(octets);
    }

    /**
     * The policy to trust a log by its keys alone, without witnesses.
     *
     * @param vkeys one on each line, all of the same name; blank lines do not count
     * @throws IllegalArgumentException that says which line is wrong, and how
     */
    public static TrustPolicy ofLogKeys(String vkeys) {
        return LogKeysReader.read(vkeys);
    }

    /** This policy's witnesses for the logs of another, where this one names none. */
    public TrustPolicy forLogsOf(TrustPolicy other) {
        return new TrustPolicy(other.logs, other.unknownLogs, quorum);
    }

    /** The keys of logs; empty where the policy leaves it to its users which logs they mean. */
    public Set<VerifierKey> logs() {
        return logs;
    }

    /** The keys of all witnesses that are named, whether or not the quorum needs them. */
    public Set<VerifierKey> witnesses() {
        return Set.copyOf(quorum.witnesses().values());
    }

    /** The keys that were left out because their types are not known here. */
    public Set<UnknownKey> unknown() {
        Set<UnknownKey> unknown = new LinkedHashSet<>(unknownLogs);
        unknown.addAll(quorum.unknown().values());
        return unknown;
    }

    /**
     * Whether these are witnesses enough.
     *
     * @param cosigners whose cosignatures of one checkpoint were verified; those that the policy does not know do not count
     */
    public boolean isSatisfiedBy(Set<VerifierKey> cosigners) {
        return quorum.isMetBy(cosigners);
    }

    /** Whether these would be enough if the lines of keys of unknown types under the checkpoint were right, which cannot be checked here. */
    public boolean mightBeSatisfiedBy(Set<VerifierKey> cosigners, Note checkpoint) {
        return quorum.mightBeMetBy(cosigners, checkpoint);
    }
}
