package org.sealkeeper.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Wraps;

/**
 * A data key as it rests beside its record: encrypted under a version of a key-encryption key, in one token or in several, and
 * authenticated together with that key's name and the record's context. The formats, byte by byte, are docs/formats/wrapped-key.md.
 */
final class WrappedKey {
    /** An AES-256 key after AES Key Wrap (RFC 3394). */
    static final int BLOB_BYTES = 40;

    /** HMAC-SHA-256 (RFC 2104). */
    static final int TAG_BYTES = 32;

    private final KeyAlias key;
    private final int version;
    private final Format format;
    private final Wraps wraps;

    /** Of which keys it is, and how it is written. */
    enum Format {
        /** Of a key in one token, which the text does not name. */
        ONE_TOKEN(1, "sealkeeper wrapped-key v1\0"),
        /** Of a key in several tokens, each of which the text names; one of them may be all that it names. */
        SEVERAL_TOKENS(2, "sealkeeper wrapped-key v2\0");

        private final byte number;
        /** No other message that a binding key ever authenticates begins so. */
        private final String domain;

        Format(int number, String domain) {
            this.number = (byte) number;
            this.domain = domain;
        }

        static Format of(KeyEncryptionKey key) {
            return key.isInSeveralTokens() ? SEVERAL_TOKENS : ONE_TOKEN;
        }

        byte number() {
            return number;
        }
    }

    private WrappedKey(KeyAlias key, int version, Format format, Wraps wraps) {
        this.key = key;
        this.version = version;
        this.format = format;
        this.wraps = wraps;
    }

    /** What tokens of the key just wrapped, or are said to have wrapped. */
    static WrappedKey of(KeyEncryptionKey key, Wraps wraps) {
        if (!key.tokens().containsAll(wraps.tokens())
                || wraps.tokens().stream().anyMatch(token -> wraps.in(token).length != BLOB_BYTES)) {
            throw new IllegalArgumentException(
                    "expected wraps of " + BLOB_BYTES + " bytes, each of one of the tokens of the key");
        }
        return new WrappedKey(key.alias(), key.version(), Format.of(key), wraps);
    }

    Wraps wraps() {
        return wraps;
    }

    /** What each tag authenticates: a domain, everything before the tags, and the context. No other three give the same bytes. */
    byte[] message(Context context) {
        byte[] head = head();
        byte[] json = context.canonicalJson();
        byte[] domain = format.domain.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(domain.length + head.length + Integer.BYTES + json.length)
                .put(domain)
                .put(head)
                .putInt(json.length)
                .put(json)
                .array();
    }

    /**
     * The text callers store.
     *
     * @param tags of each of its tokens, the HMAC-SHA-256 of {@link #message}
     * @return base64url without padding
     */
    String text(Map<TokenLabel, byte[]> tags) {
        byte[] head = head();
        ByteBuffer all = ByteBuffer.allocate(head.length + wraps.tokens().size() * TAG_BYTES)
                .put(head);
        for (TokenLabel token : wraps.tokens()) {
            byte[] tag = tags.get(token);
            if (tag == null || tag.length != TAG_BYTES) {
                throw new IllegalArgumentException(
                        "expected a tag of " + TAG_BYTES + " bytes of the token '" + token + "'");
            }
            all.put(tag);
        }
        return Base64Url.encode(all.array());
    }

    private byte[] head() {
        byte[] alias = key.value().getBytes(StandardCharsets.US_ASCII);
        var head = ByteBuffer.allocate(headBytes(alias.length))
                .put(format.number)
                .put((byte) alias.length)
                .put(alias)
                .putInt(version);
        switch (format) {
            case ONE_TOKEN -> head.put(wraps.in(wraps.tokens().getFirst()));
            case SEVERAL_TOKENS -> putNamed(head);
        }
        return head.array();
    }

    private void putNamed(ByteBuffer head) {
        head.put((byte) wraps.tokens().size());
        for (TokenLabel token : wraps.tokens()) {
            byte[] label = token.value().getBytes(StandardCharsets.US_ASCII);
            head.put((byte) label.length).put(label).put(wraps.in(token));
        }
    }

    private int headBytes(int aliasBytes) {
        int wrapped = switch (format) {
            case ONE_TOKEN -> BLOB_BYTES;
            case SEVERAL_TOKENS ->
                1
                        + wraps.tokens().stream()
                                .mapToInt(token -> 1 + token.value().length() + BLOB_BYTES)
                                .sum();
        };
        return 2 + aliasBytes + Integer.BYTES + wrapped;
    }
}
