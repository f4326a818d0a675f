package org.sealkeeper.keys;

import java.util.List;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Deviation;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.Tokens;

/** Proves that a key-encryption key is in the token, is what was declared, and unwraps what it wrapped. */
public final class KeyEncryptionKeySelfTest {
    private final Hsm hsm;

    public KeyEncryptionKeySelfTest(Hsm hsm) {
        this.hsm = hsm;
    }

    /**
     * Tests every version in the tokens that are used. Another token proves its keys before it is used.
     *
     * @throws ConfigurationFault naming the first key, and attribute, that is not as declared, or that wraps and is in no token of the
     *     appliance
     */
    public static void pass(KeyEncryptionKeys keys, Tokens tokens) {
        keys.all().stream()
                .filter(key -> key.state() == KeyEncryptionKey.State.ACTIVE)
                .filter(key -> key.tokens().stream().noneMatch(tokens.labels()::contains))
                .forEach(key -> tokens.require(key.tokens().getFirst()));
        tokens.used().forEach(token -> new KeyEncryptionKeySelfTest(token).pass(keys));
    }

    /**
     * Tests every version in this token that is not destroyed.
     *
     * @throws ConfigurationFault naming the first key, and attribute, that is not as declared
     */
    public void pass(KeyEncryptionKeys keys) {
        keys.all().stream()
                .filter(key -> key.state() != KeyEncryptionKey.State.DESTROYED
                        && key.tokens().contains(hsm.label()))
                .forEach(this::pass);
    }

    public void pass(KeyEncryptionKey key) {
        List<Deviation> deviations =
                hsm.dataKeyAdministration().deviations(key.ckaId(), key.label(), key.isInSeveralTokens());
        if (!deviations.isEmpty()) {
            throw new ConfigurationFault(
                    key.name() + " is not in the token '" + hsm.label() + "' as declared: " + Deviation.text(deviations)
                            + ". It will not be used: find out who changed the token, then restore it from its backup");
        }
        try {
            hsm.dataKeyAdministration().test(key.ckaId(), key.isInSeveralTokens());
        } catch (HsmFault fault) {
            if (fault.isOutage()) {
                throw fault; // that says nothing about the key
            }
            throw new ConfigurationFault(key.name() + " did not pass its self-test: " + fault.getMessage(), fault);
        }
    }
}
