package org.sealkeeper.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;

/**
 * A data key as it rests beside its record: encrypted under a version of a key-encryption key, and authenticated together with
 * that key's name and the record's context. The format, byte by byte, is docs/formats/wrapped-key.md.
 */
final class WrappedKey {
    /** An AES-256 key after AES Key Wrap (RFC 3394). */
    static final int BLOB_BYTES = 40;

    /** HMAC-SHA-256 (RFC 2104). */
    static final int TAG_BYTES = 32;

    private static final byte FORMAT = 1;

    /** No other message that a binding key ever authenticates begins so. */
    private static final byte[] DOMAIN = "sealkeeper wrapped-key v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST_TEXT = 256;

    private final KeyAlias key;
    private final int version;
    private final byte[] blob;

    private WrappedKey(KeyAlias key, int version, byte[] blob) {
        this.key = key;
        this.version = version;
        this.blob = blob;
    }

    /** A wrapped key and the tag that came with it, not checked yet. */
    record Unchecked(WrappedKey key, Tag tag) {}

    /** An HMAC. */
    static final class Tag {
        private final byte[] bytes;

        private Tag(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Whether it is the one the token made; takes as long where it is not. */
        boolean is(byte[] made) {
            return MessageDigest.isEqual(bytes, made);
        }
    }

    /**
     * What the token just wrapped.
     *
     * @param blob {@value #BLOB_BYTES} bytes of AES Key Wrap
     */
    static WrappedKey of(KeyAlias key, int version, byte[] blob) {
        if (blob.length != BLOB_BYTES || version < 1) {
            throw new IllegalArgumentException("expected " + BLOB_BYTES + " bytes and a version from 1, found "
                    + blob.length + " and version " + version);
        }
        return new WrappedKey(key, version, blob.clone());
    }

    /** Reads what {@link #text} wrote; empty for any other text, also for another spelling of the same bytes. */
    static Optional<Unchecked> parse(String text) {
        try {
            if (text.length() > LONGEST_TEXT) {
                return Optional.empty();
            }
            ByteBuffer in = ByteBuffer.wrap(Base64Url.decode(text));
            boolean isOfThisFormat = in.remaining() > 2 && in.get() == FORMAT;
            int length = isOfThisFormat ? in.get() : 0;
            if (length < 1 || in.remaining() != length + Integer.BYTES + BLOB_BYTES + TAG_BYTES) {
                return Optional.empty();
            }
            var alias = new KeyAlias(new String(bytes(in, length), StandardCharsets.US_ASCII));
            var key = of(alias, in.getInt(), bytes(in, BLOB_BYTES));
            byte[] tag = bytes(in, TAG_BYTES);
            return key.text(tag).equals(text) ? Optional.of(new Unchecked(key, new Tag(tag))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    KeyAlias key() {
        return key;
    }

    int version() {
        return version;
    }

    /** What the token unwraps. */
    byte[] blob() {
        return blob.clone();
    }

    /** What the tag authenticates: a domain, everything before the tag, and the context. No other three give the same bytes. */
    byte[] message(Context context) {
        byte[] head = head();
        byte[] json = context.canonicalJson();
        return ByteBuffer.allocate(DOMAIN.length + head.length + Integer.BYTES + json.length)
                .put(DOMAIN)
                .put(head)
                .putInt(json.length)
                .put(json)
                .array();
    }

    /**
     * The text callers store.
     *
     * @param tag the token's HMAC-SHA-256 of {@link #message}
     * @return base64url without padding
     */
    String text(byte[] tag) {
        if (tag.length != TAG_BYTES) {
            throw new IllegalArgumentException("expected a tag of " + TAG_BYTES + " bytes, found " + tag.length);
        }
        byte[] head = head();
        byte[] all =
                ByteBuffer.allocate(head.length + TAG_BYTES).put(head).put(tag).array();
        return Base64Url.encode(all);
    }

    private byte[] head() {
        byte[] alias = key.value().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + alias.length + Integer.BYTES + BLOB_BYTES)
                .put(FORMAT)
                .put((byte) alias.length)
                .put(alias)
                .putInt(version)
                .put(blob)
                .array();
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
