package org.sealkeeper.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Deviation;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.kernel.Completion;

/** Proves that a catalogued key is in the token, is what was declared, and signs as the catalogue's public half says. */
public final class KeySelfTest {
    /** Neither a JWS signing input nor a DER structure, so that this signature can never be taken for one of a feature. */
    private static final byte[] PAIRWISE_MESSAGE = "\0Sealkeeper pairwise self-test".getBytes(UTF_8);

    private final Hsm hsm;

    public KeySelfTest(Hsm hsm) {
        this.hsm = hsm;
    }

    /**
     * Proves that the token has the key as declared.
     *
     * @throws ConfigurationFault naming the key, and the attribute where one differs
     */
    public void pass(CataloguedKey key) {
        List<Deviation> deviations =
                hsm.signingKeyAdministration().deviations(key.ckaId(), key.label(), key.verificationKey());
        if (!deviations.isEmpty()) {
            throw new ConfigurationFault(key.name() + " is not in the token '" + hsm.label() + "' as declared: "
                    + deviations.stream().map(Deviation::toString).collect(Collectors.joining("; "))
                    + ". It will not be used: find out who changed the token, then restore it from its backup");
        }
        signAndVerify(key);
    }

    private void signAndVerify(CataloguedKey key) {
        try {
            byte[] _ = Completion.await(hsm.signatures().sign(key.ckaId(), key.verificationKey(), PAIRWISE_MESSAGE));
        } catch (HsmFault fault) {
            if (fault.isOutage()) {
                throw fault; // that says nothing about the key
            }
            throw new ConfigurationFault(
                    key.name() + " did not pass its pairwise sign and verify: " + fault.getMessage(), fault);
        }
    }
}
