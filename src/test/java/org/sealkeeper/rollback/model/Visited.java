package org.sealkeeper.rollback.model;

/** The fingerprints of the worlds that were reached, and from which they were reached first. */
final class Visited {
    private long[] worlds = new long[1 << 16];
    private long[] origins = new long[1 << 16];
    private int size;

    /** Whether it was not there. */
    boolean add(long world, long origin) {
        if (2 * size > worlds.length) {
            grow();
        }
        int at = find(world);
        if (worlds[at] == world) {
            return false;
        }
        worlds[at] = world;
        origins[at] = origin;
        size++;
        return true;
    }

    /** 0 of the first one. */
    long origin(long world) {
        return origins[find(world)];
    }

    int size() {
        return size;
    }

    private int find(long world) {
        int mask = worlds.length - 1;
        int at = (int) (world >>> 17) & mask;
        while (worlds[at] != 0 && worlds[at] != world) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldWorlds = worlds;
        long[] oldOrigins = origins;
        worlds = new long[2 * oldWorlds.length];
        origins = new long[2 * oldWorlds.length];
        for (int i = 0; i < oldWorlds.length; i++) {
            if (oldWorlds[i] != 0) {
                int at = find(oldWorlds[i]);
                worlds[at] = oldWorlds[i];
                origins[at] = oldOrigins[i];
            }
        }
    }
}
