package org.sealkeeper.cli.token;

import java.util.Optional;
import java.util.stream.Collectors;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;

/** Which of an appliance's tokens a command is about. */
final class DeclaredToken {
    private DeclaredToken() {}

    /**
     * The one of this label, or the only one.
     *
     * @throws ConfigurationFault if it is not declared, or there are several and no label
     */
    static ApplianceFile.Token of(ApplianceFile appliance, Optional<TokenLabel> label) {
        if (label.isEmpty() && appliance.tokens().size() == 1) {
            return appliance.tokens().getFirst();
        }
        return appliance.tokens().stream()
                .filter(token -> label.filter(token.label()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new ConfigurationFault("expected --label with one of "
                        + appliance.tokenLabels().stream()
                                .map(TokenLabel::value)
                                .collect(Collectors.joining(", "))
                        + ", found " + label.map(TokenLabel::value).orElse("none")));
    }
}
