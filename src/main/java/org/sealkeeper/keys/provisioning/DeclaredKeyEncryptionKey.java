package org.sealkeeper.keys.provisioning;

import java.util.List;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;

/**
 * A key-encryption key as {@code keys.yaml} declares it.
 *
 * @param tokens that are to have it; empty for every token of the appliance
 */
public record DeclaredKeyEncryptionKey(KeyAlias alias, List<TokenLabel> tokens, Lifetime lifetime) {
    public DeclaredKeyEncryptionKey {
        tokens = List.copyOf(tokens);
    }

    /** A key in every token of the appliance. */
    public DeclaredKeyEncryptionKey(KeyAlias alias) {
        this(alias, List.of());
    }

    /** A key of which no lifetime is declared. */
    public DeclaredKeyEncryptionKey(KeyAlias alias, List<TokenLabel> tokens) {
        this(alias, tokens, Lifetime.UNDECLARED);
    }
}
