package org.sealkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class RequestLinesTest {
    private final List<Runnable> later = new ArrayList<>();
    private final RequestLines lines = new RequestLines(later::add);

    private static ExtLogRecord record(String logger, Level level, String message) {
        var record = new ExtLogRecord(level, message, RequestLinesTest.class.getName());
        record.setLoggerName(logger);
        return record;
    }

    private static String message(LogRecord line) {
        return new PatternFormatter("%s").format((ExtLogRecord) line);
    }

    private int written(int asked, String logger, Level level) {
        int written = 0;
        for (int i = 0; i < asked; i++) {
            written += lines.isLoggable(record(logger, level, "refused")) ? 1 : 0;
        }
        return written;
    }

    @Test
    void aFloodIsWrittenInPartAndSummedUpInOneLine() {
        Queue<LogRecord> told = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(RequestLines.class.getName());
        logger.addHandler(handler);
        try {
            assertThat(written(1_000, "org.sealkeeper.http.problem.Faults", Level.WARN))
                    .isEqualTo(RequestLines.LINES);
            assertThat(written(1, "org.sealkeeper.http.problem.Faults", Level.ERROR))
                    .isOne();
            assertThat(later).hasSize(1);

            later.removeFirst().run();

            assertThat(told)
                    .singleElement()
                    .extracting(RequestLinesTest::message)
                    .isEqualTo(
                            "990 more lines of org.sealkeeper.http.problem.Faults WARN in 10 seconds were not written");
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void afterAWhileLinesAreWrittenAgain() {
        assertThat(written(11, "io.vertx.core", Level.ERROR)).isEqualTo(10);
        later.removeFirst().run();

        assertThat(written(11, "io.vertx.core", Level.ERROR)).isEqualTo(10);
        assertThat(later).hasSize(1);
    }

    @Test
    void whatNoRequestCausesIsAlwaysWritten() {
        assertThat(written(1_000, "org.sealkeeper.envelope.emergency.LoggedAlarm", Level.WARN))
                .isEqualTo(1_000);
        assertThat(written(1_000, "io.quarkus", Level.INFO)).isEqualTo(1_000);
    }

    @Test
    void aFailureIsOneLineWithItsCausesWhateverTheCallerWroteIntoIt() {
        var failed = record("io.vertx.ext.web.RoutingContext", Level.ERROR, "failed: GET /\r\n2026 INFO all is well");
        failed.setThrown(new IllegalStateException("odd", new IllegalArgumentException("a\u2028b\tc")));

        assertThat(lines.isLoggable(failed)).isTrue();

        assertThat(failed.getThrown()).isNull();
        assertThat(message(failed))
                .hasLineCount(1)
                .startsWith(
                        "failed: GET / 2026 INFO all is well: java.lang.IllegalStateException: odd at org.sealkeeper.")
                .contains(": java.lang.IllegalArgumentException: a b c at ")
                .doesNotContain("\u2028", "\t");
    }
}
