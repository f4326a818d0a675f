package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SIGN;

import java.util.Arrays;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.xipki.pkcs11.wrapper.MechanismInfo;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;
import org.xipki.pkcs11.wrapper.Token;

/** Refuses a profile that promises what the token cannot do. */
final class MechanismCheck {
    private MechanismCheck() {}

    static void of(Token token, TokenProfile profile) {
        for (SigningAlgorithm algorithm : profile.algorithms()) {
            long code = SigningMechanism.code(algorithm);
            if (!signsWith(token, code)) {
                throw new ConfigurationFault("the profile of " + profile.kind() + " lists " + algorithm.joseName()
                        + ", but the token does not sign with " + PKCS11Constants.codeToName(Category.CKM, code)
                        + "; take it out of 'algorithms'");
            }
        }
    }

    private static boolean signsWith(Token token, long code) {
        if (Arrays.stream(token.getMechanismList()).noneMatch(listed -> listed == code)) {
            return false;
        }
        MechanismInfo info = token.getMechanismInfo(code);
        return info != null && info.hasFlagBit(CKF_SIGN);
    }
}
