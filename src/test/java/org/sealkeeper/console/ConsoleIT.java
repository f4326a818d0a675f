package org.sealkeeper.console;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every page of the console of one appliance, in a browser, as its callers see it. */
class ConsoleIT {
    @TempDir
    private static Path folder;

    private static ConsoleLab lab;

    @BeforeAll
    static void start() {
        lab = ConsoleLab.open(folder);
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    static ConsoleLab lab() {
        return lab;
    }

    @Nested
    class Access extends ConsoleAccess {}

    @Nested
    class Reading extends ConsoleReading {}

    @Nested
    class Reviews extends ConsoleReviews {}

    @Nested
    class Use extends ConsoleUse {}
}
