package org.sealkeeper.rollback.model;

import java.util.Arrays;
import java.util.List;
import org.sealkeeper.rollback.model.Token.TokenObject;
import org.sealkeeper.rollback.model.World.Image;

/**
 * A number for a world, the same for worlds that differ in names only: which process has which slot, how owners are called, and by how
 * much sequences differ where that is more than one. So the worlds are finitely many.
 */
@SuppressWarnings("EnumOrdinal") // any number of a phase will do, as long as the process lives
final class Fingerprint {
    private final boolean ofEachOwner;
    private int[] owners = new int[16];
    private int[] flips = new int[16];
    private int ownerCount;
    private int swapped;
    private long[] sequences = new long[64];
    private int sequenceCount;
    private int[] ranks = new int[64];
    /** Only a machine that is turned back writes a sequence again. */
    private int near;

    private long hash;

    /** @param ofEachOwner whether sequences are compared with those of the same owner only */
    Fingerprint(boolean ofEachOwner) {
        this.ofEachOwner = ofEachOwner;
    }

    long of(World world) {
        Appliance one = world.appliance(0);
        Appliance other = world.appliance(1);
        boolean isInOrder = key(one) <= key(other);
        Appliance first = isInOrder ? one : other;
        Appliance second = isInOrder ? other : one;
        rename(world, first, second);
        swapped = swapped(world, first, second);
        hash = world.misfortunes();
        add(world.acceptances() << 16 | (world.claimed() & Block.NAMED_FIRST) << 8 | world.signed());
        add(world.store(swapped).leaves());
        add(world.store(1 - swapped).leaves());
        add(world.token());
        add(first);
        add(second);
        for (Image image : world.image()) {
            add(image.store().leaves());
            add(image.appliance());
        }
        return hash == 0 ? 1 : hash;
    }

    private static long key(Appliance one) {
        return ((one.phase().ordinal() * 16L + one.claimed()) << Integer.SIZE)
                + one.memory().leaves();
    }

    /** 1 where the other place is called the first one. */
    private static int swapped(World world, Appliance first, Appliance second) {
        int one = world.store(0).leaves();
        int other = world.store(1).leaves();
        if (one != other) {
            return one < other ? 0 : 1;
        }
        if (first.isAlive() || second.isAlive()) {
            return first.isAlive() ? first.place() : second.place();
        }
        return world.token().isEmpty()
                ? 0
                : world.token().objects().getFirst().text().place();
    }

    private void rename(World world, Appliance first, Appliance second) {
        ownerCount = 0;
        sequenceCount = 0;
        near = world.image().isEmpty() ? 1 : 2;
        List<Image> images = world.image();
        note(first);
        note(second);
        images.forEach(image -> note(image.appliance()));
        note(world.token());
        note(first.recall());
        note(second.recall());
        images.forEach(image -> note(image.appliance().recall()));
        rank();
    }

    private void note(Appliance one) {
        if (one.owner() == 0) {
            return;
        }
        noteOwner(one.owner(), one.own().next());
        OwnTexts own = one.own();
        note(one.owner(), own.sequence());
        note(one.owner(), own.first().sequence());
        note(one.owner(), own.second().sequence());
        note(one.owner(), own.attempted().sequence());
    }

    private void note(Token token) {
        for (TokenObject object : token.objects()) {
            noteOwner(object.owner(), newest(token, object));
            note(object.owner(), object.text().sequence());
        }
    }

    /** Which object is the newer one, where both are there. */
    private static int newest(Token token, TokenObject object) {
        return token.isNewest(object) ? 1 - object.which() : object.which();
    }

    private void noteOwner(int owner, int older) {
        for (int i = 0; i < ownerCount; i++) {
            if (owners[i] == owner) {
                return;
            }
        }
        if (ownerCount == owners.length) {
            owners = Arrays.copyOf(owners, 2 * ownerCount);
            flips = Arrays.copyOf(flips, 2 * ownerCount);
        }
        flips[ownerCount] = older;
        owners[ownerCount++] = owner;
    }

    private void note(int owner, int sequence) {
        if (sequence == 0) {
            return;
        }
        if (sequenceCount == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * sequenceCount);
            ranks = new int[sequences.length];
        }
        sequences[sequenceCount++] = key(owner, sequence);
    }

    private long key(int owner, int sequence) {
        return (ofEachOwner ? (long) owner << Integer.SIZE : 0) + sequence;
    }

    private void rank() {
        Arrays.sort(sequences, 0, sequenceCount);
        int rank = 1;
        for (int i = 0; i < sequenceCount; i++) {
            if (i > 0) {
                long gap = sequences[i] - sequences[i - 1];
                rank = gap > Integer.MAX_VALUE / 2 ? 1 : rank + (int) Math.min(gap, near);
            }
            ranks[i] = rank;
        }
    }

    private void add(Token token) {
        add(token.objects().size());
        long sum = 0;
        long before = hash;
        for (TokenObject object : token.objects()) {
            hash = before;
            add(renamed(object.owner()) << 1 | (object.which() ^ flip(object.owner())));
            add(object.owner(), object.text());
            sum += hash;
        }
        for (int permitted : token.permits()) {
            hash = before;
            add(-1 - renamed(permitted));
            sum += hash;
        }
        hash = before + sum;
        add(0);
    }

    private void add(Appliance one) {
        add(one.phase().ordinal() << 4 | (one.place() ^ swapped) << 1 | (one.isCommand() ? 1 : 0));
        if (!one.isAlive()) {
            return;
        }
        add(one.claimed() << 1 | (one.ends() ? 1 : 0));
        add(one.memory().leaves());
        add(one.recall());
        add(renamed(one.owner()));
        OwnTexts own = one.own();
        add(ranked(one.owner(), own.sequence()) << 1 | (own.next() ^ flip(one.owner())));
        add(one.owner(), flip(one.owner()) == 0 ? own.first() : own.second());
        add(one.owner(), flip(one.owner()) == 0 ? own.second() : own.first());
        add(one.owner(), own.attempted());
    }

    private void add(int owner, Text text) {
        add(ranked(owner, text.sequence()) << 2 | (text.place() ^ swapped) << 1 | (text.isHeld() ? 1 : 0));
        add(text.log().leaves());
    }

    private int renamed(int owner) {
        for (int i = 0; i < ownerCount; i++) {
            if (owners[i] == owner) {
                return i + 1;
            }
        }
        return 0;
    }

    private int flip(int owner) {
        int renamed = renamed(owner);
        return renamed == 0 ? 0 : flips[renamed - 1];
    }

    private int ranked(int owner, int sequence) {
        return sequence == 0 ? 0 : ranks[Arrays.binarySearch(sequences, 0, sequenceCount, key(owner, sequence))];
    }

    /** One round of a mixing function: 64 bits, so that two of some million worlds are hardly ever taken for one. */
    private void add(int value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        mixed *= 0xD6E8FEB86659FD93L;
        hash = mixed ^ mixed >>> 29;
    }
}
