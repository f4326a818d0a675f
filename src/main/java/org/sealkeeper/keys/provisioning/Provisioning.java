package org.sealkeeper.keys.provisioning;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeySelfTest;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.PendingKey;

/**
 * Makes the keys that are declared and missing; never changes or destroys one that is there.
 *
 * <p>May die at any moment. The intent, with a fresh random CKA_ID, is durable before the token is asked, and the row becomes
 * active last; so what an interrupted run left in the token is known by its CKA_ID as no declared key, and is destroyed before
 * the next run makes the key anew. Objects with other CKA_IDs are never touched.
 */
public final class Provisioning {
    private static final int FIRST_VERSION = 1;

    private final Tokens tokens;
    private final KeyCatalogue catalogue;
    private final SigningKeyMaking making;
    private final ChangePermit permit;

    public Provisioning(
            Tokens tokens, KeyCatalogue catalogue, SecureRandom random, InstantSource clock, ChangePermit permit) {
        this.permit = permit;
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.making = new SigningKeyMaking(tokens, catalogue, random, clock);
    }

    /**
     * Refuses declarations that contradict the catalogue or ask more than a token can do, before anything is made.
     *
     * @throws ConfigurationFault naming the key
     */
    public void check(List<DeclaredKey> declared) {
        for (DeclaredKey key : declared) {
            catalogue
                    .newest(key.alias())
                    .ifPresent(known -> refuseOther(
                            key, known.purpose(), known.verificationKey().algorithm()));
            catalogue.pending(key.alias()).forEach(known -> refuseOther(key, known.purpose(), known.algorithm()));
            tokensOf(key).forEach(token -> requireOffered(key, token));
        }
    }

    private static void requireOffered(DeclaredKey key, Hsm token) {
        if (!token.signingKeyAdministration().offers(key.algorithm())) {
            throw new ConfigurationFault("key '" + key.alias() + "' is declared with "
                    + key.algorithm().joseName()
                    + ", which the profile of the token '" + token.label()
                    + "' does not list; choose another algorithm");
        }
    }

    /** The tokens in which a declared key is to have a pair. */
    public List<Hsm> tokensOf(DeclaredKey declared) {
        return declared.tokens().isEmpty()
                ? tokens.all()
                : declared.tokens().stream().map(tokens::require).toList();
    }

    /** Whether the key has a pair in this token, so that applying its declaration makes nothing there. */
    public boolean exists(DeclaredKey declared, Hsm token) {
        return catalogue.newest(declared.alias(), token.label()).isPresent();
    }

    /** Makes the key's pair in a token unless it is there, and proves it in either case. */
    public ProvisionedKey apply(DeclaredKey declared, Hsm token) {
        check(List.of(declared));
        Optional<CataloguedKey> known = catalogue.newest(declared.alias(), token.label());
        if (known.isPresent()) {
            if (known.get().state() == KeyState.ACTIVE) {
                new KeySelfTest(token).pass(known.get());
            }
            return new ProvisionedKey(known.get(), ProvisionedKey.Outcome.UNCHANGED);
        }
        Decision by = permit.require(creation(declared));
        Optional<PendingKey> interrupted = catalogue.pending(declared.alias(), version(declared), token.label());
        PendingKey pending = interrupted.isPresent()
                ? making.again(interrupted.get(), token)
                : making.begin(declared.alias(), version(declared), token, declared.purpose(), declared.algorithm());
        return new ProvisionedKey(
                making.finish(pending, KeyState.ACTIVE, token, by),
                interrupted.isPresent() ? ProvisionedKey.Outcome.FINISHED : ProvisionedKey.Outcome.CREATED);
    }

    /** What applying the declaration changes, where a token lacks the key. */
    public Change creation(DeclaredKey declared) {
        return new Change.CreateKey(
                declared.alias(),
                declared.purpose(),
                declared.algorithm(),
                tokensOf(declared).stream().map(Hsm::label).toList());
    }

    private int version(DeclaredKey declared) {
        return catalogue.newest(declared.alias()).map(CataloguedKey::version).orElse(FIRST_VERSION);
    }

    private static void refuseOther(DeclaredKey declared, KeyPurpose purpose, SigningAlgorithm algorithm) {
        if (declared.purpose() != purpose || declared.algorithm() != algorithm) {
            throw new ConfigurationFault("key '" + declared.alias() + "' is declared as "
                    + described(declared.purpose(), declared.algorithm()) + ", but the catalogue has it as "
                    + described(purpose, algorithm)
                    + "; a key never changes: correct the declaration, or choose a new alias");
        }
    }

    private static String described(KeyPurpose purpose, SigningAlgorithm algorithm) {
        return purpose.text() + " with " + algorithm.joseName();
    }
}
