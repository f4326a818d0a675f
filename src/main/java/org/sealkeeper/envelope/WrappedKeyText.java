package org.sealkeeper.envelope;

import static java.util.stream.Collectors.toMap;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.sealkeeper.encoding.Base64Url;
import org.sealkeeper.envelope.WrappedKey.Format;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Wraps;

/** What a text says that has the form of a wrapped key: which key it names, and what that is to have wrapped; not checked yet. */
final class WrappedKeyText {
    /** Four tokens with the longest of labels, and the longest of aliases. */
    private static final int LONGEST = 654;

    private final Format format;
    private final KeyAlias key;
    private final int version;
    /** Empty where the format has none. */
    private final List<TokenLabel> labels;

    private final List<byte[]> blobs;
    private final byte[] head;
    private final List<byte[]> tags;

    private WrappedKeyText(ByteBuffer in) {
        this.format = format(in.get());
        this.key = new KeyAlias(text(in));
        this.version = in.getInt();
        List<TokenLabel> named = new ArrayList<>();
        List<byte[]> wrapped = new ArrayList<>();
        int count = format == Format.ONE_TOKEN ? 1 : in.get();
        for (int i = 0; i < count; i++) {
            if (format == Format.SEVERAL_TOKENS) {
                named.add(new TokenLabel(text(in)));
            }
            wrapped.add(bytes(in, WrappedKey.BLOB_BYTES));
        }
        this.labels = List.copyOf(named);
        this.blobs = List.copyOf(wrapped);
        this.head = bytes(in.duplicate().rewind(), in.position());
        List<byte[]> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(bytes(in, WrappedKey.TAG_BYTES));
        }
        this.tags = List.copyOf(read);
        if (version < 1
                || count < 1
                || count > KeyEncryptionKey.MOST_TOKENS
                || new HashSet<>(labels).size() != labels.size()
                || in.hasRemaining()) {
            throw new IllegalArgumentException("expected a wrapped key, found something else");
        }
    }

    /** Reads what {@link WrappedKey#text} wrote; empty for any other text, also for another spelling of the same bytes. */
    static Optional<WrappedKeyText> parse(String text) {
        try {
            if (text.length() > LONGEST) {
                return Optional.empty();
            }
            byte[] bytes = Base64Url.decode(text);
            return Base64Url.encode(bytes).equals(text)
                    ? Optional.of(new WrappedKeyText(ByteBuffer.wrap(bytes)))
                    : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    KeyAlias key() {
        return key;
    }

    int version() {
        return version;
    }

    /** What the audit log calls it by: all of it in the older format; else what is before the tags, which no token can check for another. */
    byte[] named() {
        return switch (format) {
            case ONE_TOKEN -> Base64Url.encode(all()).getBytes(StandardCharsets.US_ASCII);
            case SEVERAL_TOKENS -> head.clone();
        };
    }

    private byte[] all() {
        ByteBuffer all = ByteBuffer.allocate(head.length + tags.size() * WrappedKey.TAG_BYTES)
                .put(head);
        tags.forEach(all::put);
        return all.array();
    }

    /** A wrapped key with the tags that came with it. */
    record Claimed(WrappedKey key, Map<TokenLabel, Tag> tags) {
        /** Whether the tag of a token, which must be one of those that it names, is the one that this token made. */
        boolean isTagged(TokenLabel token, byte[] made) {
            return Objects.requireNonNull(tags.get(token)).is(made);
        }
    }

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

    /** The wrapped key it is of the key it names; empty where no wrapped key of that looks so. */
    Optional<Claimed> of(KeyEncryptionKey named) {
        if (format != Format.of(named) || !named.tokens().containsAll(labels)) {
            return Optional.empty();
        }
        List<TokenLabel> tokens = format == Format.ONE_TOKEN ? named.tokens() : labels;
        SequencedMap<TokenLabel, byte[]> wraps = new LinkedHashMap<>();
        tokens.forEach(token -> wraps.put(token, blobs.get(tokens.indexOf(token))));
        return Optional.of(new Claimed(
                WrappedKey.of(named, Wraps.of(wraps)),
                tokens.stream().collect(toMap(token -> token, token -> new Tag(tags.get(tokens.indexOf(token)))))));
    }

    private static Format format(byte number) {
        for (Format known : Format.values()) {
            if (known.number() == number) {
                return known;
            }
        }
        throw new IllegalArgumentException("expected the number of a format, found another");
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in, in.get()), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0) {
            throw new IllegalArgumentException("expected a length, found another number");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
