package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.PendingKey;

/**
 * Makes new versions of keys that sign. They sign nothing before their state is changed, so that verifiers can be handed them first.
 *
 * <p>May die at any moment, as {@link Provisioning} may: run again, it finishes what was begun.
 */
public final class SigningKeyPreparation {
    private final Tokens tokens;
    private final KeyCatalogue catalogue;
    private final SigningKeyMaking making;
    private final Provisioning provisioning;
    private final ChangePermit permit;

    public SigningKeyPreparation(
            Tokens tokens, KeyCatalogue catalogue, SecureRandom random, InstantSource clock, ChangePermit permit) {
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.making = new SigningKeyMaking(tokens, catalogue, random, clock);
        this.provisioning = new Provisioning(tokens, catalogue, random, clock, permit);
        this.permit = permit;
    }

    /**
     * What {@link #prepare} changes: the version after the newest one, or that which an interrupted run had begun, or which is prepared.
     *
     * @param declared in which tokens; empty for those of the newest version
     * @throws ConfigurationFault if no key of this alias signs, or it is declared otherwise
     */
    public Change.PrepareKey preparation(KeyAlias alias, Optional<DeclaredKey> declared) {
        CataloguedKey newest = newest(alias);
        declared.ifPresent(key -> provisioning.check(List.of(key)));
        int unfinished = Stream.concat(
                        catalogue.keys(alias).stream().map(CataloguedKey::version),
                        catalogue.pending(alias).stream().map(PendingKey::version))
                .filter(version -> isUnfinished(alias, version))
                .max(Integer::compare)
                .orElse(0);
        return new Change.PrepareKey(
                alias,
                unfinished > 0 ? unfinished : highest(alias) + 1,
                declared.map(this::tokensOf).orElseGet(() -> tokensOf(newest)));
    }

    private int highest(KeyAlias alias) {
        return catalogue.keys(alias).getLast().version();
    }

    /** Whether none of its pairs, which may still be in the making, was destroyed or compromised before it ever signed. */
    private boolean isUnfinished(KeyAlias alias, int version) {
        return catalogue.keys(alias, version).stream().allMatch(key -> key.state() == KeyState.PRE_ACTIVE);
    }

    private CataloguedKey newest(KeyAlias alias) {
        return catalogue
                .newest(alias)
                .orElseThrow(() -> new ConfigurationFault(
                        "there is no key '" + alias + "'; declare it in keys.yaml, and run 'sealkeeper keys apply'"));
    }

    private List<TokenLabel> tokensOf(DeclaredKey declared) {
        return declared.tokens().isEmpty() ? tokens.labels() : declared.tokens();
    }

    /** Of those that are the appliance's: others were lost. */
    private List<TokenLabel> tokensOf(CataloguedKey newest) {
        return catalogue.keys(newest.alias(), newest.version()).stream()
                .map(CataloguedKey::token)
                .filter(tokens.labels()::contains)
                .toList();
    }

    /**
     * Makes and proves the pairs of a version that are missing. It signs nothing yet: an appliance publishes its public half.
     *
     * @return all its pairs
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens is not used now
     */
    public List<CataloguedKey> prepare(Change.PrepareKey change) {
        List<Hsm> ready = tokens.requireUsed(change.tokens());
        List<CataloguedKey> known = catalogue.keys(change.alias(), change.version());
        List<Hsm> missing = ready.stream()
                .filter(token -> known.stream().noneMatch(key -> key.token().equals(token.label())))
                .toList();
        if (!missing.isEmpty()) {
            Decision by = permit.require(change);
            missing.forEach(token -> make(change, token, by));
        }
        return catalogue.keys(change.alias(), change.version());
    }

    private void make(Change.PrepareKey change, Hsm token, Decision by) {
        CataloguedKey before = newest(change.alias());
        PendingKey pending = catalogue
                .pending(change.alias(), change.version(), token.label())
                .map(interrupted -> making.again(interrupted, token))
                .orElseGet(() -> making.begin(
                        change.alias(),
                        change.version(),
                        token,
                        before.purpose(),
                        before.verificationKey().algorithm()));
        CataloguedKey _ = making.finish(pending, KeyState.PRE_ACTIVE, token, by);
    }
}
