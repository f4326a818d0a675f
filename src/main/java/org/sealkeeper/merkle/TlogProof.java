package org.sealkeeper.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A proof that fits into a file (C2SP tlog-proof): that a leaf is in the log, and the signed checkpoint it is proven to. Needs
 * nothing else to be checked but the leaf and the log's vkeys.
 *
 * @param hashes from the leaf up, at most 63
 * @param checkpoint a note whose text is a {@link Checkpoint}
 */
public record TlogProof(long index, List<TreeHash> hashes, Note checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MAX_HASHES = Long.SIZE - 1;

    public TlogProof {
        hashes = List.copyOf(hashes);
        if (index < 0 || hashes.size() > MAX_HASHES) {
            throw new IllegalArgumentException("expected an index of 0 or more and at most " + MAX_HASHES + " hashes");
        }
        Checkpoint.parse(checkpoint.text());
    }

    /**
     * Reads a proof. An {@code extra} line is allowed, and ignored: nothing proves it.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static TlogProof parse(String proof) {
        int gap = proof.indexOf("\n\n");
        if (!proof.startsWith(HEADER) || gap < 0) {
            throw new IllegalArgumentException("expected a proof that starts with " + HEADER.strip());
        }
        List<String> head = List.of(proof.substring(0, gap).split("\n", -1));
        List<String> lines = new ArrayList<>(head.subList(1, head.size()));
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            Base64Text.decode(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new IllegalArgumentException("expected a line 'index <number>'");
        }
        long index = Checkpoint.decimal(lines.removeFirst().substring(INDEX.length()));
        List<TreeHash> hashes = lines.stream().map(TreeHash::ofBase64).toList();
        Note checkpoint = Note.parse(Note.utf8(proof.substring(gap + 2)));
        return new TlogProof(index, hashes, checkpoint);
    }

    /** Whether the entry is where it says, in the tree of its checkpoint. The caller checks the signatures of that one. */
    public boolean proves(byte[] entry) {
        Checkpoint tree = Checkpoint.parse(checkpoint.text());
        return index < tree.size()
                && new InclusionProof(index, tree.size(), hashes).proves(TreeHash.ofLeaf(entry), tree.root());
    }

    /** The text of the {@code .tlog-proof} file. */
    @Override
    public String toString() {
        var proof = new StringBuilder(HEADER).append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> proof.append(hash.base64()).append('\n'));
        return proof.append('\n').append(checkpoint).toString();
    }
}
