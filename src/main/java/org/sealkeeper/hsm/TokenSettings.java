package org.sealkeeper.hsm;

import java.nio.file.Path;
import org.sealkeeper.config.ApplianceFile;

/**
 * Which token an appliance uses, and how it is let in.
 *
 * @param label the token's label, as {@code C_GetTokenInfo} gives it without padding
 * @param userPin the file that holds the user PIN, readable by its owner alone
 * @param refusedPins the file that remembers which PINs were refused; made when it is needed
 */
public record TokenSettings(TokenProfile profile, String label, Path userPin, Path refusedPins) {

    /** The settings of the token an appliance file declares; reads the profile it names. Refused PINs are remembered beside the store. */
    public static TokenSettings of(ApplianceFile appliance) {
        ApplianceFile.Token token = appliance.token();
        Path store = appliance.store();
        return new TokenSettings(
                TokenProfile.read(token.profile()),
                token.label(),
                token.userPin(),
                store.resolveSibling(store.getFileName() + ".refused-pins"));
    }
}
