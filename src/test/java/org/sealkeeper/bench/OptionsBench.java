package org.sealkeeper.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/**
 * What options of the JVM and variables of its environment cost and bring, in turns: prints a table as Markdown. Arguments: an empty folder,
 * seconds per turn, and for each appliance besides one as it is a text of words: {@code NAME=value} for a variable, {@code -X} for an option.
 */
final class OptionsBench {
    private OptionsBench() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream table = System.out;
        System.setOut(System.err);
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        List<String> texts = new ArrayList<>(List.of(arguments).subList(2, arguments.length));
        texts.addFirst("");
        List<InTurns.Loaded> candidates = new ArrayList<>();
        try {
            for (String text : texts) {
                candidates.add(candidate(text, folder.resolve(Integer.toString(candidates.size()))));
            }
            InTurns.compare(table, "options", candidates, Integer.parseInt(arguments[1]));
        } finally {
            candidates.forEach(InTurns.Loaded::close);
        }
    }

    private static InTurns.Loaded candidate(String text, Path folder) throws Exception {
        Map<String, String> environment = new HashMap<>();
        List<String> options = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (word.startsWith("-")) {
                options.add(word);
            } else if (!word.isEmpty()) {
                environment.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
        }
        Home home = Home.provision(Files.createDirectories(folder));
        Bench.declareChains(home, InTurns.CHAINS);
        var loaded = new InTurns.Loaded(
                text.isEmpty() ? "as it is" : "`" + text + "`",
                home,
                ApplianceProcess.startForLoad(home, environment, options),
                InTurns.CHAINS);
        loaded.warmUp();
        return loaded;
    }
}
