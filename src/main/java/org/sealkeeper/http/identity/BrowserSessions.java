package org.sealkeeper.http.identity;

import java.util.Optional;

/** Knows the sessions of people who signed in with a browser. The doors know no more of signing in than this. Safe for use by many threads. */
public interface BrowserSessions {

    /**
     * The access token of a session; empty where there is no such session any more.
     *
     * @param secret what the browser shows
     * @param isUse whether a person asks, and not a page by itself: only the first keeps a session open
     */
    Optional<String> token(String secret, boolean isUse);
}
