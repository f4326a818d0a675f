package org.sealkeeper.config;

import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** One YAML 1.2 file of an operator: a single document whose root is a mapping; duplicate fields are errors. */
public final class ConfigFile {
    /** Far above any honest file, far below what could exhaust memory. */
    private static final long MAX_BYTES = 1 << 20;

    private ConfigFile() {}

    /**
     * Reads the file and gives its root.
     *
     * @throws ConfigurationFault if it is missing, larger than 1 MiB, not YAML, or its root is not a mapping
     */
    public static Section read(Path file) {
        return parse(file, text(file));
    }

    /**
     * The whole text of the file, every byte of it: encoded in UTF-8 again it is the file.
     *
     * @throws ConfigurationFault if it is missing, larger than 1 MiB, or not UTF-8
     */
    public static String text(Path file) {
        return text(FileContent.read(file));
    }

    /**
     * As {@link #text(Path)}, of a file that was read before.
     *
     * @throws ConfigurationFault if it could not be read, is larger than 1 MiB, or is not UTF-8
     */
    public static String text(FileContent file) {
        if (file.bytes().length > MAX_BYTES) {
            throw file.fault("expected at most " + MAX_BYTES + " bytes");
        }
        return legible(file.path(), file.text());
    }

    /** A name in which characters were lost decides about other names too, or about none. */
    private static String legible(Path file, String text) {
        int lost = text.indexOf('\uFFFD');
        if (lost >= 0) {
            long line = text.substring(0, lost).lines().count() + (lost > 0 && text.charAt(lost - 1) == '\n' ? 1 : 0);
            throw new ConfigurationFault(file + ":" + Math.max(line, 1)
                    + ": expected UTF-8, found the replacement character U+FFFD in the place of one that was lost");
        }
        return text;
    }

    /**
     * Reads text that was read from the file before, and gives its root.
     *
     * @throws ConfigurationFault if it is not YAML, or its root is not a mapping
     */
    public static Section parse(Path file, String yaml) {
        var settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            return Section.root(file, root.orElse(null));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigurationFault(file + ":" + line + ": not valid YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new ConfigurationFault(file + ": not valid YAML: " + e.getMessage(), e);
        }
    }
}
