package org.sealkeeper.policy;

import java.util.Set;
import org.sealkeeper.identity.BearerToken;

/**
 * What shows that a human gave more than a password.
 *
 * @param amr authentication methods of which one is enough (RFC 8176)
 * @param acr authentication context classes of which one is enough (OpenID Connect Core section 2)
 */
record MultiFactor(Set<String> amr, Set<String> acr) {
    /** Several factors, a one-time password, or proof of a hardware key. */
    static final MultiFactor DEFAULT = new MultiFactor(Set.of("mfa", "otp", "hwk"), Set.of());

    MultiFactor {
        amr = Set.copyOf(amr);
        acr = Set.copyOf(acr);
    }

    boolean isShownBy(BearerToken token) {
        return amr.stream().anyMatch(method -> token.has("amr", method))
                || acr.stream().anyMatch(context -> token.has("acr", context));
    }
}
