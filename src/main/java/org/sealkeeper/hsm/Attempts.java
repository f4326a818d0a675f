package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_OK;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.sealkeeper.hsm.state.Meaning;
import org.sealkeeper.hsm.state.ReturnValues;
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

    /**
     * Tries it; only one of these return values is a refusal, any other may hide that nothing is enforced.
     *
     * @throws HsmFault where the token failed, and so has not said whether it refuses
     */
    void refuses(String what, Forbidden forbidden, long... refusals) {
        long answer = answer(forbidden, refusals);
        made.add(new PolicyAttempt(
                what,
                Arrays.stream(refusals).mapToObj(Attempts::name).collect(Collectors.joining(" or ")),
                name(answer),
                Arrays.stream(refusals).anyMatch(refusal -> refusal == answer)));
    }

    List<PolicyAttempt> made() {
        return List.copyOf(made);
    }

    private static long answer(Forbidden forbidden, long... refusals) {
        try {
            forbidden.attempt();
            return CKR_OK;
        } catch (PKCS11Exception e) {
            long answer = e.getErrorCode();
            if (Arrays.stream(refusals).noneMatch(refusal -> refusal == answer)
                    && ReturnValues.of(answer).effect() != Meaning.Effect.NONE) {
                throw HsmFault.of("a call of the policy probe", e);
            }
            return answer;
        }
    }

    private static String name(long code) {
        return PKCS11Constants.codeToName(Category.CKR, code);
    }
}
