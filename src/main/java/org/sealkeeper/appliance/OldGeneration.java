package org.sealkeeper.appliance;

import java.util.function.LongSupplier;

/**
 * Has the JVM's old generation collected before it grows far above what lives in it. The serial collector of JDK 25 does that only where the heap
 * can grow no more, and by then large batches have filled a quarter of the machine's memory with what is dead. The largest heap stays what the JVM
 * makes it: a bound that a flood of large requests could reach would end the process. Used by one thread.
 */
final class OldGeneration {
    /** What may die in it at the least before it is collected, which takes a tenth of a second. */
    static final long ROOM = 64L << 20;

    private final LongSupplier used;
    private final Runnable collection;
    private long bound;

    /**
     * @param used how many bytes are in it, living or dead
     * @param collection leaves only what lives
     */
    OldGeneration(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
        this.bound = 2 * ROOM;
    }

    /** Collects it where it is time. The more lives in it, the more may die before it is collected again. */
    void look() {
        if (used.getAsLong() > bound) {
            collection.run();
            long living = used.getAsLong();
            bound = living + Math.max(ROOM, living);
        }
    }
}
