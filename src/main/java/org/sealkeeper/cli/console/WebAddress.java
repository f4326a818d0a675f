package org.sealkeeper.cli.console;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads URLs of servers (RFC 3986), below which resources are: with a host, without user, query and fragment. */
public final class WebAddress {
    private static final Pattern FORM = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final int LAST_PORT = 65_535;

    private WebAddress() {}

    /** Whether it is meant for a URL, of whatever scheme, and not for a path. */
    public static boolean isMeantBy(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * The URL.
     *
     * @param expected says what it should have been
     * @throws IllegalArgumentException unless it is one, of one of these schemes
     */
    public static URI parse(String text, Set<String> schemes, String expected) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!isMeantBy(text) || !schemes.contains(scheme) || uri.getHost() == null || uri.getPort() > LAST_PORT) {
                throw new IllegalArgumentException("expected " + expected + ", found '" + text + "'");
            }
            if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
                throw new IllegalArgumentException("expected " + expected + ", without user, query and fragment");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected " + expected + ", found '" + text + "'", e);
        }
    }
}
