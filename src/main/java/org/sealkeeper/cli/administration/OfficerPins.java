package org.sealkeeper.cli.administration;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.sealkeeper.cli.console.FilePath;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;
import picocli.CommandLine.Option;

/** The PINs of the security officers that a command needs: of each token where the appliance has several. */
public final class OfficerPins {
    private static final char BETWEEN = '=';

    @Option(
            names = "--so-pin-file",
            paramLabel = "[LABEL=]FILE",
            description = {
                "The security officer's PIN. It is tried once; keep it away from the appliance.",
                "Of an appliance with several tokens: LABEL=FILE, once for each token that is changed."
            })
    List<String> files = List.of();

    /** Whether any is given. */
    public boolean areGiven() {
        return !files.isEmpty();
    }

    /**
     * The file of each of the tokens that are needed.
     *
     * @param ofAppliance all tokens there are
     * @throws ConfigurationFault if one is missing, given twice, or of no token there is
     */
    Map<TokenLabel, Path> of(List<TokenLabel> needed, List<TokenLabel> ofAppliance) {
        if (ofAppliance.size() == 1 && files.size() == 1) {
            return Map.of(ofAppliance.getFirst(), path(files.getFirst()));
        }
        SequencedMap<TokenLabel, Path> given = new LinkedHashMap<>();
        for (String word : files) {
            TokenLabel label = label(word, ofAppliance);
            if (given.put(label, path(word.substring(label.value().length() + 1))) != null) {
                throw new ConfigurationFault("--so-pin-file is given twice for the token '" + label + "'");
            }
        }
        List<TokenLabel> missing =
                needed.stream().filter(label -> !given.containsKey(label)).toList();
        if (!missing.isEmpty()) {
            throw new ConfigurationFault("expected --so-pin-file LABEL=FILE for each of the tokens " + text(needed)
                    + ", found none for " + text(missing));
        }
        given.keySet().retainAll(needed);
        return given;
    }

    private static TokenLabel label(String word, List<TokenLabel> ofAppliance) {
        return ofAppliance.stream()
                .filter(label -> word.startsWith(label.value() + BETWEEN))
                .findFirst()
                .orElseThrow(() -> new ConfigurationFault(
                        "expected --so-pin-file LABEL=FILE with the label of one of the tokens " + text(ofAppliance)));
    }

    private static Path path(String text) {
        try {
            return FilePath.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault("--so-pin-file: " + e.getMessage(), e);
        }
    }

    private static String text(List<TokenLabel> labels) {
        return labels.stream().map(TokenLabel::value).collect(Collectors.joining(", "));
    }

    /**
     * Refuses to go on without the PIN of each of these tokens' security officers.
     *
     * @param ofAppliance all tokens there are
     * @throws org.sealkeeper.config.ConfigurationFault if one of them is not given
     */
    public void require(List<TokenLabel> needed, List<TokenLabel> ofAppliance) {
        Map<TokenLabel, Path> _ = of(needed, ofAppliance);
    }
}
