package org.sealkeeper.hsm.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.Deviation;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.PolicyAttempt;
import org.sealkeeper.hsm.trial.Trial.Verdict;
import org.sealkeeper.kernel.Completion;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.verify.VerificationKey;

/**
 * Tries everything. If we crash meanwhile, objects with the label {@code sealkeeper-trial} may be left: a plan calls them unknown, and nothing uses
 * them. Blocks.
 */
public final class TokenTrials {
    static final String LABEL = "sealkeeper-trial";
    private static final int TIMES = 20;
    private static final byte[] MESSAGE = "\0Sealkeeper trial".getBytes(UTF_8);

    private final Hsm hsm;
    private final SecureRandom random;

    public TokenTrials(Hsm hsm, SecureRandom random) {
        this.hsm = hsm;
        this.random = random;
    }

    /**
     * All trials, in order; what fails in one is its verdict.
     *
     * @throws HsmFault if the token does not answer any more
     */
    public List<Trial> run() {
        List<Trial> trials = new ArrayList<>();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            trials.add(signing(algorithm));
        }
        trials.add(keyEncryption());
        trials.add(policy());
        trials.add(OfficerTrial.notTried());
        trials.add(memory());
        return trials;
    }

    private Trial signing(SigningAlgorithm algorithm) {
        String promise = algorithm.joseName() + " keys sign, as their public half says, and stay inside";
        if (!hsm.signingKeyAdministration().offers(algorithm)) {
            return new Trial(promise, Verdict.NOT_TRIED, "the profile does not list it");
        }
        return attempt(promise, () -> {
            CkaId id = CkaId.random(random);
            try {
                VerificationKey key = hsm.signingKeyAdministration().generate(id, LABEL, algorithm);
                List<Deviation> deviations = hsm.signingKeyAdministration().deviations(id, LABEL, key);
                if (!deviations.isEmpty()) {
                    return broken(promise, "it did not keep what was asked for: " + Deviation.text(deviations));
                }
                if (hsm.signingKeyAdministration().givesAway(id)) {
                    return broken(promise, "it gave the private key away");
                }
                return kept(
                        promise,
                        Pace.of(TIMES, () -> Completion.await(hsm.signatures().sign(id, key, MESSAGE)))
                                + " a signature");
            } finally {
                int _ = hsm.signingKeyAdministration().destroy(id);
            }
        });
    }

    private Trial keyEncryption() {
        String promise = "key-encryption keys unwrap what they wrapped, and stay inside";
        return attempt(promise, () -> {
            CkaId id = CkaId.random(random);
            try {
                hsm.dataKeyAdministration().generateKeyEncryptionKey(id, LABEL, false);
                List<Deviation> deviations = hsm.dataKeyAdministration().deviations(id, LABEL, false);
                if (!deviations.isEmpty()) {
                    return broken(promise, "it did not keep what was asked for: " + Deviation.text(deviations));
                }
                hsm.dataKeyAdministration().test(id, false);
                return kept(promise, "AES-256, AES Key Wrap, and an HMAC key beside it");
            } finally {
                hsm.dataKeyAdministration().destroy(id);
            }
        });
    }

    private Trial policy() {
        String promise = "data keys leave only wrapped to trusted keys";
        return attempt(promise, () -> {
            List<PolicyAttempt> attempts = Completion.await(hsm.dataKeys().probePolicy(List.of()));
            List<String> accepted = attempts.stream()
                    .filter(attempt -> !attempt.isRefused())
                    .map(PolicyAttempt::toString)
                    .toList();
            return accepted.isEmpty()
                    ? kept(promise, "it refused all " + attempts.size() + " attempts")
                    : broken(promise, String.join("; ", accepted));
        });
    }

    private Trial memory() {
        String promise = "it remembers what was signed: its data objects keep what their owner changes";
        return attempt(promise, () -> {
            List<Boolean> kept = new ArrayList<>();
            Pace pace = Pace.of(TIMES, () -> kept.add(hsm.inspection().keepsChangedLabels(LABEL)));
            return kept.contains(false)
                    ? broken(promise, "one did not have the label that was given to it last")
                    : kept(promise, pace + " to make, change and destroy one");
        });
    }

    private static Trial kept(String promise, String found) {
        return new Trial(promise, Verdict.KEPT, found);
    }

    private static Trial broken(String promise, String found) {
        return new Trial(promise, Verdict.BROKEN, found);
    }

    private Trial attempt(String promise, Supplier<Trial> trial) {
        try {
            return trial.get();
        } catch (HsmFault fault) {
            if (fault.isOutage()) {
                hsm.inspection().requireAnswer();
                return new Trial(promise, Verdict.UNKNOWN, String.valueOf(fault.getMessage()));
            }
            return broken(promise, String.valueOf(fault.getMessage()));
        } catch (ConfigurationFault fault) {
            return broken(promise, String.valueOf(fault.getMessage()));
        }
    }
}
