package org.sealkeeper.http;

import io.quarkus.logging.LoggingFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.sealkeeper.http.problem.Faults;

/**
 * What requests have written into the log: one line each, and only some in a while, so that no caller fills the disk or hides
 * something by asking. Named in application.properties.
 */
@LoggingFilter(name = "requests")
public final class RequestLines implements Filter {
    /** Of one logger and level: a flood of warnings hides no error. */
    static final int LINES = 10;

    static final int SECONDS = 10;

    private static final int CAUSES = 4;
    private static final int FRAMES = 12;
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    /** Whatever logs about a request; operators' own matters are logged by other rooms. */
    private static final List<String> LOGGERS = List.of(
            Faults.class.getName(),
            "io.netty.",
            "io.quarkus.micrometer.",
            "io.quarkus.resteasy.",
            "io.quarkus.smallrye.",
            "io.quarkus.vertx.",
            "io.smallrye.",
            "io.vertx.",
            "org.jboss.resteasy.");

    private static final System.Logger LOG = System.getLogger(RequestLines.class.getName());

    private final Executor later;
    private final Map<String, Integer> lines = new HashMap<>();

    public RequestLines() {
        this(CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
    }

    /** @param later runs what it is given when the while is over */
    RequestLines(Executor later) {
        this.later = later;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = String.valueOf(line.getLoggerName());
        if (LOGGERS.stream().noneMatch(logger::startsWith)) {
            return true;
        }
        if (!isTaken(logger + " " + line.getLevel())) {
            return false;
        }
        if (line instanceof ExtLogRecord record) {
            makeOneLine(record);
        }
        return true;
    }

    private synchronized boolean isTaken(String kind) {
        if (lines.isEmpty()) {
            later.execute(this::tellTheRest);
        }
        return lines.merge(kind, 1, Integer::sum) <= LINES;
    }

    private void tellTheRest() {
        for (Map.Entry<String, Integer> rest : takeRest().entrySet()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} more lines of {1} in {2} seconds were not written",
                    Integer.toString(rest.getValue()),
                    rest.getKey(),
                    Integer.toString(SECONDS));
        }
    }

    private synchronized Map<String, Integer> takeRest() {
        Map<String, Integer> rest = lines.entrySet().stream()
                .filter(kind -> kind.getValue() > LINES)
                .collect(Collectors.toMap(Map.Entry::getKey, kind -> kind.getValue() - LINES));
        lines.clear();
        return rest;
    }

    private static void makeOneLine(ExtLogRecord record) {
        String causes = Stream.iterate(record.getThrown(), Objects::nonNull, Throwable::getCause)
                .limit(CAUSES)
                .map(RequestLines::inOneLine)
                .collect(Collectors.joining());
        String text = MESSAGE.format(record) + causes;
        record.setThrown(null);
        record.setMessage(LINE_BREAKS.matcher(text).replaceAll(" "), ExtLogRecord.FormatStyle.NO_FORMAT);
    }

    private static String inOneLine(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < ", ": " + thrown + " at ", ""));
    }
}
