package org.sealkeeper.cli.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.cli.administration.KeyAdministration;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.DeclaredKey;

/**
 * A new version of a key that signs: it is made first, and signs then.
 *
 * @param declared in which tokens; empty for those of the version before
 * @param prepare whether it is only to be made
 */
record SigningKeyRotation(
        KeyAdministration administration, KeyAlias alias, Optional<DeclaredKey> declared, boolean prepare) {

    /** What a request asks for. */
    List<Change> asked(Tokens tokens) {
        Change.PrepareKey preparation =
                administration.signingKeyPreparation(tokens).preparation(alias, declared);
        List<Change> changes = new ArrayList<>(List.of(preparation));
        if (!prepare) {
            changes.add(activation(preparation));
        }
        return changes;
    }

    /** Makes it, and returns its pairs as they are then. */
    List<CataloguedKey> rotate(Tokens tokens) {
        var keys = administration.signingKeyPreparation(tokens);
        Change.PrepareKey preparation = keys.preparation(alias, declared);
        List<CataloguedKey> made = keys.prepare(preparation);
        return prepare ? made : administration.signingKeyStates(tokens).change(activation(preparation));
    }

    private static Change.ChangeKeyState activation(Change.PrepareKey prepared) {
        return new Change.ChangeKeyState(prepared.alias(), prepared.version(), KeyState.ACTIVE, Optional.empty());
    }
}
