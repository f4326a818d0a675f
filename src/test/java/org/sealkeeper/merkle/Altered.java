package org.sealkeeper.merkle;

import java.util.ArrayList;
import java.util.List;

/** A list of hashes with one thing wrong, in every way there is. */
final class Altered {
    private static final TreeHash STRANGER = TreeHash.ofLeaf(new byte[] {42});

    private Altered() {}

    static List<List<TreeHash>> allOf(List<TreeHash> hashes) {
        List<List<TreeHash>> all = new ArrayList<>();
        for (int i = 0; i <= hashes.size(); i++) {
            List<TreeHash> longer = new ArrayList<>(hashes);
            longer.add(i, STRANGER);
            all.add(longer);
        }
        for (int i = 0; i < hashes.size(); i++) {
            List<TreeHash> shorter = new ArrayList<>(hashes);
            shorter.remove(i);
            all.add(shorter);
            List<TreeHash> changed = new ArrayList<>(hashes);
            changed.set(i, flipped(hashes.get(i), i));
            all.add(changed);
            List<TreeHash> repeated = new ArrayList<>(hashes);
            repeated.add(i, hashes.get(i));
            all.add(repeated);
            if (i > 0) {
                List<TreeHash> swapped = new ArrayList<>(hashes);
                swapped.set(i, hashes.get(i - 1));
                swapped.set(i - 1, hashes.get(i));
                all.add(swapped);
            }
        }
        return all;
    }

    /** The hash with one bit flipped. */
    static TreeHash flipped(TreeHash hash, int bit) {
        byte[] bytes = hash.bytes();
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return TreeHash.of(bytes);
    }
}
