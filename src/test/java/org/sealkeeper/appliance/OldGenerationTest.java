package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OldGenerationTest {
    private static final long ROOM = OldGeneration.ROOM;

    private final AtomicLong used = new AtomicLong();
    private long living;
    private int collections;
    private final OldGeneration old = new OldGeneration(used::get, () -> {
        used.set(living);
        collections++;
    });

    @Test
    void itIsCollectedOnceMoreThanTheRoomIsDead() {
        living = ROOM / 2;
        assertThat(collectionsWith(2 * ROOM)).isZero();
        assertThat(collectionsWith(2 * ROOM + 1)).isOne();
        assertThat(collectionsWith(living + ROOM)).isOne();
        assertThat(collectionsWith(living + ROOM + 1)).isEqualTo(2);
    }

    @Test
    void whereMuchLivesInItAsMuchMayDie() {
        living = 10 * ROOM;
        assertThat(collectionsWith(10 * ROOM)).isOne();
        assertThat(collectionsWith(20 * ROOM)).isOne();
        living = ROOM;
        assertThat(collectionsWith(20 * ROOM + 1)).isEqualTo(2);
        assertThat(collectionsWith(2 * ROOM + 1)).isEqualTo(3);
    }

    private int collectionsWith(long bytes) {
        used.set(bytes);
        old.look();
        return collections;
    }
}
