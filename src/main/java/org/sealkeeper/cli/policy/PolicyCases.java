package org.sealkeeper.cli.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.Section;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Purpose;

/** Reads a file of expected decisions. */
public final class PolicyCases {
    private final Instant now;

    /** Takes the time of the cases that name none. */
    PolicyCases(Instant now) {
        this.now = now;
    }

    /**
     * One expected decision.
     *
     * @param rule the expected rule, where the case names one
     * @param place file and line
     */
    record Case(PolicyRequest request, boolean isAllowed, Optional<String> rule, String place) {}

    /** @throws org.sealkeeper.config.ConfigurationFault naming the file and line */
    List<Case> read(Path file) {
        Section root = ConfigFile.read(file);
        List<Case> cases = root.sections("cases").stream()
                .map(section -> read(section, file))
                .toList();
        root.finish();
        return cases;
    }

    private Case read(Section section, Path file) {
        boolean isAllowed = section.choice("expect", Map.of("allowed", true, "denied", false));
        var read = new Case(
                request(section),
                isAllowed,
                optional(section, "rule", text -> text),
                file + ":" + section.place("expect").line());
        section.finish();
        return read;
    }

    private PolicyRequest request(Section section) {
        try {
            return new PolicyRequest(
                    new Caller(optional(section, "caller", CallerId::new), token(section)),
                    section.value("operation", PolicyOperation::named),
                    optional(section, "chain", ChainName::new),
                    optional(section, "key", KeyAlias::new),
                    optional(section, "purpose", Purpose::new),
                    section.has("height")
                            ? OptionalLong.of(section.integer("height", 0, Height.MAX))
                            : OptionalLong.empty(),
                    optional(section, "recipient", text -> text),
                    optional(section, "at", PolicyCases::time).orElse(now));
        } catch (IllegalArgumentException e) {
            throw section.fault("operation", String.valueOf(e.getMessage()));
        }
    }

    private static <T> Optional<T> optional(Section section, String field, Function<String, T> parse) {
        return section.has(field) ? Optional.of(section.value(field, parse)) : Optional.empty();
    }

    private static Optional<BearerToken> token(Section section) {
        if (!section.has("issuer")) {
            return Optional.empty();
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        if (section.has("claims")) {
            Section read = section.section("claims");
            for (String name : read.names()) {
                claims.put(name, read.isList(name) ? read.values(name, text -> text) : read.text(name));
            }
        }
        String subject = optional(section, "subject", text -> text).orElse("subject");
        return Optional.of(new BearerToken(section.text("issuer"), subject, Optional.empty(), claims));
    }

    /** Reads a time as people write it in files and on the command line. */
    public static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected a time such as 2026-01-31T08:00:00Z", e);
        }
    }
}
