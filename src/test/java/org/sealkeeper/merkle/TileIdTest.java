package org.sealkeeper.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of C2SP tlog-tiles: one for each tile, one tile for each. */
class TileIdTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000, tile/entries/000",
        "0, 0, 1, tile/0/000.p/1, tile/entries/000.p/1",
        "3, 67, 255, tile/3/067.p/255, tile/entries/067.p/255",
        "0, 999, 256, tile/0/999, tile/entries/999",
        "0, 1000, 256, tile/0/x001/000, tile/entries/x001/000",
        "1, 1234067, 256, tile/1/x001/x234/067, tile/entries/x001/x234/067",
        "0, 1234067, 8, tile/0/x001/x234/067.p/8, tile/entries/x001/x234/067.p/8",
        "63, 999999999999999999, 256, tile/63/x999/x999/x999/x999/x999/999, tile/entries/x999/x999/x999/x999/x999/999"
    })
    void aTileAndItsPathBelongTogether(int level, long index, int width, String path, String entries) {
        var tile = new TileId(level, index, width);
        assertThat(tile.path()).isEqualTo(path);
        assertThat(tile.entriesPath()).isEqualTo(entries);
        assertThat(TileId.parse(level, path.substring(("tile/" + level + "/").length())))
                .isEqualTo(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "67",
                "0067",
                "x067",
                "067/",
                "/067",
                "067\n",
                " 067",
                "-67",
                "+067",
                "x000/067",
                "x000/x001/067",
                "001/067",
                "x001/x067",
                "x001/67",
                "X001/067",
                "x1/067",
                "x001//067",
                "x001/../067",
                "067.p/0",
                "067.p/256",
                "067.p/257",
                "067.p/999",
                "067.p/1000",
                "067.p/08",
                "067.p/+8",
                "067.p/-8",
                "067.p/",
                "067.p",
                "067.p/8/",
                "067.p/8.p/8",
                "x001.p/8/067",
                "٠٦٧",
                "x001/x000/x000/x000/x000/x000/000",
                "x009/x223/x372/x036/x854/x775/808",
                "x001/x000/x000/x000/x000/x000/x000/000"
            })
    void everyOtherSpellingIsRefused(String path) {
        assertThatThrownBy(() -> TileId.parse(0, path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a tile");
    }

    @Test
    void levelIndexAndWidthHaveBounds() {
        for (long[] tile : new long[][] {{-1, 0, 1}, {64, 0, 1}, {0, -1, 1}, {0, 0, 0}, {0, 0, 257}}) {
            assertThatThrownBy(() -> new TileId(Math.toIntExact(tile[0]), tile[1], Math.toIntExact(tile[2])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a tile");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 0, 0, 1",
        "255, 0, 0, 255",
        "256, 0, 0, 256",
        "256, 0, 1, 0",
        "257, 0, 1, 1",
        "70000, 0, 272, 256",
        "70000, 0, 273, 112",
        "70000, 0, 274, 0",
        "70000, 1, 0, 256",
        "70000, 1, 1, 17",
        "70000, 2, 0, 1",
        "70000, 3, 0, 0",
        "70000, 63, 0, 0",
        "9223372036854775807, 7, 0, 127",
        "9223372036854775807, 8, 0, 0",
        "9223372036854775807, 0, 36028797018963967, 255",
        "9223372036854775807, 0, 36028797018963968, 0",
        "70000, 0, 72057594037927936, 0",
        "70000, 0, 72057594037928209, 0",
        "70000, 0, 9223372036854775807, 0"
    })
    void theWidthInATreeIsWhatTheTreeHas(long size, int level, long index, int width) {
        assertThat(TileId.widthIn(size, level, index)).isEqualTo(width);
    }
}
