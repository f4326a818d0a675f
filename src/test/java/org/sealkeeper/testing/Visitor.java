package org.sealkeeper.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page in a browser, with all that the browser complained of: errors, and what the page's Content-Security-Policy kept from happening. */
public final class Visitor implements AutoCloseable {
    /** A script cannot read what the policy reports but by this event, which comes before any other script runs. */
    private static final String REPORT_VIOLATIONS = "document.addEventListener('securitypolicyviolation',"
            + " event => console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI))";

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        context.addInitScript(REPORT_VIOLATIONS);
        this.page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
    }

    public Page page() {
        return page;
    }

    /** What the browser complained of since the visit began. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What axe finds on the page as it is now, that keeps somebody from using it; in light or in the dark. */
    public List<String> barriers(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getId() + ": " + node.getHtml() + ": " + node.getFailureSummary()))
                        .toList();
    }

    /** Takes a picture of the whole page, to be looked at. */
    public void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        context.close();
    }
}
