package org.sealkeeper.hsm;

import java.nio.file.Path;
import java.util.List;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.TokenLabel;

/**
 * Which token an appliance uses, and how it is let in.
 *
 * @param userPin the file that holds the user PIN, readable by its owner alone
 * @param refusedPins the file that remembers which PINs were refused; made when it is needed
 */
public record TokenSettings(TokenProfile profile, TokenLabel label, Path userPin, Path refusedPins) {

    /** Those of the tokens an appliance file declares; reads the profiles it names. Refused PINs are remembered beside the store. */
    public static List<TokenSettings> of(ApplianceFile appliance) {
        return appliance.tokens().stream()
                .map(token -> of(token, appliance.store()))
                .toList();
    }

    private static TokenSettings of(ApplianceFile.Token token, StoreLocation store) {
        return new TokenSettings(
                TokenProfile.read(token.profile()),
                token.label(),
                token.userPin(),
                store.beside(".refused-pins-" + token.label()));
    }
}
