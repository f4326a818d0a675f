package org.sealkeeper.keys.provisioning;

import java.util.List;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyPurpose;

/**
 * A key as {@code keys.yaml} declares it.
 *
 * @param tokens in which it is to have a pair; empty for every token of the appliance
 * @param isIssued whether it is to have a certificate of an authority
 */
public record DeclaredKey(
        KeyAlias alias,
        KeyPurpose purpose,
        SigningAlgorithm algorithm,
        List<TokenLabel> tokens,
        Lifetime lifetime,
        boolean isIssued) {
    public DeclaredKey {
        tokens = List.copyOf(tokens);
    }

    /** A key with a pair in every token of the appliance. */
    public DeclaredKey(KeyAlias alias, KeyPurpose purpose, SigningAlgorithm algorithm) {
        this(alias, purpose, algorithm, List.of());
    }

    /** A key of which no lifetime is declared. */
    public DeclaredKey(KeyAlias alias, KeyPurpose purpose, SigningAlgorithm algorithm, List<TokenLabel> tokens) {
        this(alias, purpose, algorithm, tokens, Lifetime.UNDECLARED, false);
    }
}
