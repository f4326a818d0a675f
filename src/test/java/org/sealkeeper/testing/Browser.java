package org.sealkeeper.testing;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The Chromium of this system, without a window: one for all tests of a JVM, which ends with it. Tests of one JVM run one after the other,
 * in one thread, as Playwright asks for.
 */
public final class Browser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path FEDORAS_CHROMIUM = Path.of("/usr/bin/chromium-browser");

    private final com.microsoft.playwright.Browser chromium;

    private Browser(com.microsoft.playwright.Browser chromium) {
        this.chromium = chromium;
    }

    /** The one of this JVM; the first that asks starts it. */
    public static Browser ofThisJvm() {
        return Started.BROWSER;
    }

    private static final class Started {
        static final Browser BROWSER = start();
    }

    private static Browser start() {
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // Before the JVM deletes the files of the driver, which is a process of its own.
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "close-browser"));
        return new Browser(playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(CHROMIUM.toFile().exists() ? CHROMIUM : FEDORAS_CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync"))));
    }

    /** A visitor with cookies and a cache of its own. */
    public Visitor visitor() {
        return visitor(new NewContextOptions());
    }

    /** As above, in a dark room, without a network, with a client certificate: as Playwright's options say. */
    public Visitor visitor(NewContextOptions options) {
        return new Visitor(chromium.newContext(options));
    }
}
