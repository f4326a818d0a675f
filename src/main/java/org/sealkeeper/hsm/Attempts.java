package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OK;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Constants.Category;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** Makes attempts, and remembers how the token answered each. */
final class Attempts {
    private final List<PolicyAttempt> made = new ArrayList<>();

    /** What must be refused. */
    interface Forbidden {
        void attempt() throws PKCS11Exception;
    }

    /** Tries it; only one of these return values is a refusal, any other may hide that nothing is enforced. */
    void refuses(String what, Forbidden forbidden, long... refusals) {
        long answer = answer(forbidden);
        made.add(new PolicyAttempt(
                what,
                Arrays.stream(refusals).mapToObj(Attempts::name).collect(Collectors.joining(" or ")),
                name(answer),
                Arrays.stream(refusals).anyMatch(refusal -> refusal == answer)));
    }

    List<PolicyAttempt> made() {
        return List.copyOf(made);
    }

    private static long answer(Forbidden forbidden) {
        try {
            forbidden.attempt();
            return CKR_OK;
        } catch (PKCS11Exception e) {
            return e.getErrorCode();
        }
    }

    private static String name(long code) {
        return PKCS11Constants.codeToName(Category.CKR, code);
    }
}
