package org.sealkeeper.cli.administration;

import java.util.List;
import org.sealkeeper.ceremony.Basis;
import org.sealkeeper.ceremony.TokenIdentity;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.keys.planning.Drift;
import org.sealkeeper.keys.provisioning.KeysFile;

/** What requests rest on, as it is at this moment. */
public record TokensNow(KeyAdministration administration) {
    private static final KeysFile NOTHING_DECLARED = new KeysFile(List.of(), List.of());

    /**
     * Looks at every object of every token, which it opens as their user and closes.
     *
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens cannot be reached
     */
    public Basis basis() {
        return new Basis(tokens(), administration.ceremonies().catalogue(), drift());
    }

    /** Which tokens they are. */
    public List<TokenIdentity> tokens() {
        return administration.labels().stream()
                .map(label -> TokenIdentity.of(label, administration.description(label)))
                .toList();
    }

    /** What in them is not as the store says, a sentence each. */
    public List<String> drift() {
        try (Tokens tokens = administration.tokens()) {
            return administration.plan(NOTHING_DECLARED, tokens).drift().stream()
                    .map(Drift::text)
                    .toList();
        }
    }
}
