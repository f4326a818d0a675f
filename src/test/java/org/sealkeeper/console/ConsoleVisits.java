package org.sealkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.sealkeeper.testing.Visitor;

/** Visits of the console that {@link ConsoleIT} opened. */
abstract class ConsoleVisits {
    /** What the browser says by itself of an answer that it was meant to get. */
    private static final String REFUSED = "Failed to load resource: the server responded with a status of 4";

    private final List<Visitor> visitors = new ArrayList<>();
    private final List<String> dialogs = new ArrayList<>();

    static ConsoleLab lab() {
        return ConsoleIT.lab();
    }

    @AfterEach
    void theBrowserRanNothingOfOthersAndComplainedOfNothing() {
        assertThat(dialogs).isEmpty();
        assertThat(visitors.stream().flatMap(visitor -> visitor.complaints().stream()))
                .allMatch(complaint -> complaint.startsWith(REFUSED));
        visitors.forEach(Visitor::close);
    }

    Visitor visitor(String caller) {
        Visitor visitor = lab().visitor(caller);
        visitors.add(visitor);
        visitor.page().onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        return visitor;
    }

    /** Opens a page that the caller may see; the browser gets all that is on it. */
    Page shown(String caller, String path) {
        Page page = visitor(caller).page();
        assertThat(page.navigate(path).status()).isEqualTo(200);
        return page;
    }

    /** In light and in the dark, with pictures to be looked at: target/screenshots. */
    static void assertSeenByAll(Visitor visitor, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            assertThat(visitor.barriers(scheme)).isEmpty();
            visitor.picture("console-" + name + "-" + scheme.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Elements that came from what callers wrote. */
    static int foreignElements(Page page) {
        return page.locator("main img, script:not([src^='/console/assets/'])").count();
    }
}
