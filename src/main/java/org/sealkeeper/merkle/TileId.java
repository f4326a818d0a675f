package org.sealkeeper.merkle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One tile of a tree (C2SP tlog-tiles): up to 256 hashes of one level, 8 levels of the tree below those of the next.
 *
 * @param level 0 for leaf hashes
 * @param index from the left
 * @param width how many hashes it has: 256, or fewer at the right edge of the tree
 */
public record TileId(int level, long index, int width) {
    public static final int FULL_WIDTH = 256;
    /** Tree levels a tile spans. */
    public static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final Pattern NUMBER = Pattern.compile("((?:x[0-9]{3}/){0,5})([0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    public TileId {
        if (level < 0 || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException(
                    "expected a tile of level 0 to " + MAX_LEVEL + ", index 0 or more, width 1 to " + FULL_WIDTH
                            + ", found level " + level + ", index " + index + ", width " + width);
        }
    }

    /**
     * Reads the part of a tile's path that says index and width, such as {@code x001/x234/067.p/8}; the index has at most
     * 18 digits, more than the tiles of any tree need.
     *
     * @throws IllegalArgumentException for any other spelling, {@code x000/067} and {@code .p/256} included
     */
    public static TileId parse(int level, String path) {
        Matcher matcher = NUMBER.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a tile's index as in x001/x234/067 or 067.p/8");
        }
        long index = Long.parseLong(matcher.group(1).replaceAll("[x/]", "") + matcher.group(2));
        int width = matcher.group(3) == null ? FULL_WIDTH : Integer.parseInt(matcher.group(3));
        var tile = new TileId(level, index, width);
        if (!tile.number().equals(path)) {
            throw new IllegalArgumentException("expected a tile's index in its shortest form");
        }
        return tile;
    }

    /** How many hashes the tile has in a tree of this size, 0 to 256. */
    public static int widthIn(long treeSize, int level, long index) {
        long hashes = level * HEIGHT >= Long.SIZE ? 0 : treeSize >> (level * HEIGHT);
        if (index > hashes / FULL_WIDTH) {
            return 0;
        }
        return Math.clamp(hashes - index * FULL_WIDTH, 0, FULL_WIDTH);
    }

    public boolean isFull() {
        return width == FULL_WIDTH;
    }

    /** Such as {@code tile/0/x001/x234/067.p/8}. */
    public String path() {
        return "tile/" + level + "/" + number();
    }

    /** The path of the entries whose hashes a tile of level 0 holds, such as {@code tile/entries/067}. */
    public String entriesPath() {
        return "tile/entries/" + number();
    }

    private String number() {
        var groups = new StringBuilder("%03d".formatted(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return isFull() ? groups.toString() : groups + ".p/" + width;
    }
}
