package org.sealkeeper.keys.planning;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.SigningKeyPreparation;
import org.sealkeeper.store.Store;

/**
 * The difference between what is declared, what the store knows, and what the tokens have.
 *
 * @param steps what is to be done, and what is as it should be
 * @param drift what in the tokens is not as the store says
 */
public record Plan(List<PlannedStep> steps, List<Drift> drift) {
    public Plan {
        steps = List.copyOf(steps);
        // A token lists its objects in another order each time, and a request is refused where it finds another drift.
        drift = drift.stream().sorted(Comparator.comparing(Drift::text)).toList();
    }

    /**
     * Reads store and tokens.
     *
     * @param trusting the tokens that must trust every recipient
     * @throws org.sealkeeper.config.ConfigurationFault if a declaration contradicts the catalogue, or asks more than a token can do
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens is not used now: nothing is known of it
     */
    public static Plan of(
            KeysFile declared,
            Tokens tokens,
            Store store,
            List<TokenLabel> trusting,
            Provisioning signing,
            SigningKeyPreparation preparation,
            KeyEncryptionKeyProvisioning keyEncryption,
            Instant now) {
        signing.check(declared.keys());
        declared.keyEncryptionKeys().forEach(keyEncryption::check);
        List<Hsm> all = tokens.requireUsed(tokens.labels());
        KeyCatalogue catalogue = KeyCatalogue.open(store, tokens.labels());
        KnownRows rows = KnownRows.read(store);
        var steps = new DeclaredSteps(
                catalogue, rows, new SigningKeySteps(catalogue, signing, preparation, now), keyEncryption, now);
        var known = new KnownObjects(catalogue, rows, trusting);
        return new Plan(
                Stream.concat(
                                steps.of(declared).stream(),
                                new InterruptedSteps(catalogue, rows, tokens.labels()).all().stream())
                        .toList(),
                all.stream().flatMap(token -> drift(token, known)).toList());
    }

    /** This plan with other steps behind its own. */
    public Plan and(List<PlannedStep> more) {
        return new Plan(Stream.concat(steps.stream(), more.stream()).toList(), drift);
    }

    private static Stream<Drift> drift(Hsm token, KnownObjects known) {
        return token.inspection().findings(known.of(token.label())).stream()
                .map(finding -> new Drift(token.label(), finding));
    }

    /** How many things are to be done. */
    public long changes() {
        return steps.stream().filter(PlannedStep::isChange).count();
    }

    /** What a request asks for that has all of it done, in order. */
    public List<Change> asked() {
        return steps.stream()
                .flatMap(step -> step.changes().stream())
                .distinct()
                .toList();
    }

    /** What the plan comes to. */
    public enum Outcome {
        NOTHING,
        CHANGES,
        DRIFT
    }

    /** The gravest there is: drift comes before changes. */
    public Outcome outcome() {
        if (!drift.isEmpty()) {
            return Outcome.DRIFT;
        }
        return changes() > 0 ? Outcome.CHANGES : Outcome.NOTHING;
    }
}
