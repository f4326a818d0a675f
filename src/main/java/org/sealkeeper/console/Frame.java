package org.sealkeeper.console;

import java.util.List;

/**
 * What surrounds each page.
 *
 * @param title of this page
 * @param about in a sentence, what it shows
 * @param caller who looks at it
 * @param isSignedIn whether the caller signed in, and may sign out
 * @param menu the pages that this caller may see
 */
public record Frame(String title, String about, String caller, boolean isSignedIn, List<Entry> menu) {
    public Frame {
        menu = List.copyOf(menu);
    }

    Frame titled(String other) {
        return new Frame(other, about, caller, isSignedIn, menu);
    }

    /** A page of the menu. */
    public record Entry(String path, String label, boolean isCurrent) {}
}
