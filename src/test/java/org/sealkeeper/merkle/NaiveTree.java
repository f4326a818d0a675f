package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The definitions of RFC 6962 section 2.1 word for word, over a list of entries; shares no code with what it judges. */
record NaiveTree(List<byte[]> entries) {

    /** The tree of this many entries that all differ. */
    static NaiveTree ofSize(int size) {
        return new NaiveTree(IntStream.range(0, size).mapToObj(NaiveTree::entry).toList());
    }

    static byte[] entry(int index) {
        return ("entry " + index).getBytes(UTF_8);
    }

    /** MTH of section 2.1. */
    TreeHash root() {
        return TreeHash.of(mth(entries));
    }

    /** PATH of section 2.1.1. */
    List<TreeHash> path(int index) {
        return hashes(path(index, entries));
    }

    /** PROOF of section 2.1.2. */
    List<TreeHash> proof(int oldSize) {
        return hashes(subproof(oldSize, entries, true));
    }

    NaiveTree first(int size) {
        return new NaiveTree(entries.subList(0, size));
    }

    private static byte[] mth(List<byte[]> d) {
        if (d.isEmpty()) {
            return sha256();
        }
        if (d.size() == 1) {
            return sha256(new byte[] {0}, d.getFirst());
        }
        int k = split(d.size());
        return sha256(new byte[] {1}, mth(d.subList(0, k)), mth(d.subList(k, d.size())));
    }

    private static List<byte[]> path(int m, List<byte[]> d) {
        if (d.size() == 1) {
            return List.of();
        }
        int k = split(d.size());
        return m < k
                ? plus(path(m, d.subList(0, k)), mth(d.subList(k, d.size())))
                : plus(path(m - k, d.subList(k, d.size())), mth(d.subList(0, k)));
    }

    private static List<byte[]> subproof(int m, List<byte[]> d, boolean b) {
        if (m == d.size()) {
            return b ? List.of() : List.of(mth(d));
        }
        int k = split(d.size());
        return m <= k
                ? plus(subproof(m, d.subList(0, k), b), mth(d.subList(k, d.size())))
                : plus(subproof(m - k, d.subList(k, d.size()), false), mth(d.subList(0, k)));
    }

    private static int split(int n) {
        int k = 1;
        while (2 * k < n) {
            k *= 2;
        }
        return k;
    }

    private static List<byte[]> plus(List<byte[]> list, byte[] last) {
        List<byte[]> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    private static List<TreeHash> hashes(List<byte[]> bytes) {
        return bytes.stream().map(TreeHash::of).toList();
    }

    private static byte[] sha256(byte[]... parts) {
        var input = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            input.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(input.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
