package org.sealkeeper.hsm;

import java.nio.file.Path;
import org.sealkeeper.config.ApplianceFile;

/**
 * Which token an appliance uses, and how it is let in.
 *
 * @param label the token's label, as {@code C_GetTokenInfo} gives it without padding
 * @param userPin the file that holds the user PIN, readable by its owner alone
 */
public record TokenSettings(TokenProfile profile, String label, Path userPin) {

    /** The settings of the token an appliance file declares; reads the profile it names. */
    public static TokenSettings of(ApplianceFile.Token token) {
        return new TokenSettings(TokenProfile.read(token.profile()), token.label(), token.userPin());
    }
}
