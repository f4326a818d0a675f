package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Held against the definitions of RFC 6962 word for word. */
class LeafTreeTest {

    @Test
    void itsRootAndItsProofsAreThoseOfTheDefinition() {
        for (int size = 1; size <= 70; size++) {
            NaiveTree naive = NaiveTree.ofSize(size);
            var tree = new LeafTree(leaves(naive));
            assertThat(tree.root()).isEqualTo(naive.root());
            for (int index = 0; index < size; index++) {
                assertThat(tree.proof(index)).isEqualTo(new InclusionProof(index, size, naive.path(index)));
            }
        }
    }

    @Test
    void aTreeWithoutLeavesHasTheHashOfNothingAndProvesNothing() {
        var tree = new LeafTree(List.of());
        assertThat(tree.root()).isEqualTo(TreeHash.EMPTY_ROOT);
        assertThatThrownBy(() -> tree.proof(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<TreeHash> leaves(NaiveTree tree) {
        return tree.entries().stream().map(TreeHash::ofLeaf).toList();
    }
}
