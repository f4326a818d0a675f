package org.sealkeeper.hsm;

import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.xipki.pkcs11.wrapper.Token;

/** Refuses a profile that promises what the token cannot do. */
final class MechanismCheck {
    private MechanismCheck() {}

    static void of(Token token, TokenProfile profile) {
        for (SigningAlgorithm algorithm : profile.algorithms()) {
            AskedMechanism asked = AskedMechanism.toSign(token, algorithm);
            if (!asked.isOffered()) {
                throw new ConfigurationFault("the profile of " + profile.kind() + " lists " + asked.algorithm()
                        + ", but the token does not sign with " + asked.name() + "; take it out of 'algorithms'");
            }
        }
    }
}
