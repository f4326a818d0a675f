package org.sealkeeper.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.transparency.EntryFilter;

/** A search of the audit log, as its form and its link have it: an empty text is nothing. */
record SearchForm(EntryFilter filter) {

    public String caller() {
        return filter.caller().orElse("");
    }

    public String subject() {
        return filter.subject().orElse("");
    }

    public String operation() {
        return filter.operation().orElse("");
    }

    public String chain() {
        return filter.chain().orElse("");
    }

    public String outcome() {
        return filter.outcome().orElse("");
    }

    /** The operations that can be searched for. */
    public List<String> operations() {
        return Stream.of(Operation.values()).map(Operation::text).toList();
    }

    /** The outcomes that can be searched for. */
    public List<String> outcomes() {
        return Stream.of(Outcome.values()).map(Outcome::text).toList();
    }

    /** For a link that survives: empty, or parameters that each end in {@code &}. */
    public String query() {
        return Stream.of(
                        parameter("caller", filter.caller()),
                        parameter("subject", filter.subject()),
                        parameter("operation", filter.operation()),
                        parameter("chain", filter.chain()),
                        parameter("outcome", filter.outcome()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining());
    }

    private static Optional<String> parameter(String name, Optional<String> value) {
        return value.map(text -> name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&");
    }
}
