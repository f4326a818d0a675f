package org.sealkeeper.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RowProgressTest {
    @Test
    void aLongMoveSaysEveryTwoSecondsHowFarItCameAndAShortOneNothing() {
        var told = new StringWriter();
        var nanos = new AtomicLong(Long.MAX_VALUE - 1);
        var progress = new RowProgress(new PrintWriter(told, true), nanos::get);
        for (int second = 0; second <= 5; second++) {
            progress.at("rows of block copied", second, 9);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(told.toString().lines())
                .containsExactly("… 2 of 9 rows of block copied", "… 4 of 9 rows of block copied");
    }
}
