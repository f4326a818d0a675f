package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_WRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_OAEP;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.xipki.pkcs11.wrapper.MechanismInfo;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;
import org.xipki.pkcs11.wrapper.Token;

/**
 * A mechanism that a profile asks for, and whether the token offers it.
 *
 * @param algorithm for which it is needed, by its JOSE name
 * @param name of PKCS#11
 */
public record AskedMechanism(String algorithm, String name, boolean isOffered) {

    /** All the profile asks for, signing first. */
    static List<AskedMechanism> of(Token token, TokenProfile profile) {
        return Stream.concat(
                        profile.algorithms().stream().sorted().map(algorithm -> toSign(token, algorithm)),
                        Stream.of(toWrap(token, profile.recipientAlgorithm())))
                .toList();
    }

    static AskedMechanism toSign(Token token, SigningAlgorithm algorithm) {
        return of(token, algorithm.joseName(), SigningMechanism.code(algorithm), CKF_SIGN);
    }

    private static AskedMechanism toWrap(Token token, RecipientAlgorithm algorithm) {
        return of(token, algorithm.joseName(), CKM_RSA_PKCS_OAEP, CKF_WRAP);
    }

    private static AskedMechanism of(Token token, String algorithm, long code, long use) {
        return new AskedMechanism(
                algorithm, PKCS11Constants.codeToName(Category.CKM, code), isOffered(token, code, use));
    }

    private static boolean isOffered(Token token, long code, long use) {
        if (Arrays.stream(token.getMechanismList()).noneMatch(listed -> listed == code)) {
            return false;
        }
        MechanismInfo info = token.getMechanismInfo(code);
        return info != null && info.hasFlagBit(use);
    }
}
