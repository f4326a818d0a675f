package org.sealkeeper.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known answers of RFC 6962 hashing, and {@link CompactRange} against the definitions. */
class TreeHashTest {
    /** The 8 leaves that tests of Certificate Transparency have always used. */
    private static final List<byte[]> CLASSIC = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex)
            .toList();

    /** The entries of the log that comes with transparency-dev/tessera, spelt as there. */
    private static final List<byte[]> SPELT = Stream.of(
                    "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split(" "))
            .map(word -> word.getBytes(UTF_8))
            .toList();

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void theRootsOfTheClassicLeavesAreKnown(int size, String root) {
        TreeHash known = TreeHash.of(HexFormat.of().parseHex(root));
        assertThat(range(CLASSIC.subList(0, size)).root()).isEqualTo(known);
        assertThat(new NaiveTree(CLASSIC).first(size).root()).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=",
        "2, T1X2GdkhUjV3iyufF9b0kVsWFxIU0VI4EpNml2Teci4=",
        "8, bC+VwvrJbalNVjfkdI8kUgs7mJoXrqiXCE7bgnD28pY=",
        "15, rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs="
    })
    void theRootsOfAnotherImplementationsLogAreOurs(int size, String root) {
        assertThat(range(SPELT.subList(0, size)).root().base64()).isEqualTo(root);
    }

    @Test
    void aCompactRangeHasTheRootAndThePerfectSubtreesOfEverySize() {
        NaiveTree tree = NaiveTree.ofSize(130);
        var range = new CompactRange();
        for (int size = 0; size <= 130; size++) {
            assertThat(range.size()).isEqualTo(size);
            assertThat(range.root()).isEqualTo(tree.first(size).root());
            assertThat(range.nodes()).hasSize(Integer.bitCount(size));
            if (size < 130) {
                range.append(TreeHash.ofLeaf(NaiveTree.entry(size)));
            }
        }
    }

    @Test
    void aCompactRangeGoesOnFromEverySize() {
        NaiveTree tree = NaiveTree.ofSize(71);
        for (int size = 0; size <= 70; size++) {
            CompactRange range = CompactRange.of(size, reader(tree));
            assertThat(range.nodes())
                    .isEqualTo(range(tree.entries().subList(0, size)).nodes());
            range.append(TreeHash.ofLeaf(NaiveTree.entry(size)));
            assertThat(range.root()).isEqualTo(tree.first(size + 1).root());
        }
    }

    @Test
    void aReaderFindsTheRootOfEveryRangeThatTreesAreSplitInto() {
        NaiveTree tree = NaiveTree.ofSize(70);
        for (int from = 0; from <= 64; from += 16) {
            for (int to = from; to <= Math.min(from + 16, 70); to++) {
                assertThat(reader(tree).root(from, to))
                        .isEqualTo(new NaiveTree(tree.entries().subList(from, to)).root());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
                "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                " 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA"
            })
    void onlyTheCanonicalBase64Of32BytesIsAHash(String text) {
        assertThatThrownBy(() -> TreeHash.ofBase64(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHashIsItsBytesAndCannotBeChangedFromOutside() {
        byte[] bytes = new byte[TreeHash.BYTES];
        TreeHash hash = TreeHash.of(bytes);
        bytes[0] = 1;
        Arrays.fill(hash.bytes(), (byte) 1);
        assertThat(hash).isEqualTo(TreeHash.of(new byte[TreeHash.BYTES])).isNotEqualTo(TreeHash.of(bytes));
        assertThat(TreeHash.ofBase64(hash.base64())).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThatThrownBy(() -> TreeHash.of(new byte[31])).hasMessageContaining("found 31");
    }

    private static CompactRange range(List<byte[]> entries) {
        var range = new CompactRange();
        entries.forEach(entry -> range.append(TreeHash.ofLeaf(entry)));
        return range;
    }

    private static HashReader reader(NaiveTree tree) {
        return (level, index) -> new NaiveTree(
                        tree.entries().subList(Math.toIntExact(index << level), Math.toIntExact((index + 1) << level)))
                .root();
    }
}
