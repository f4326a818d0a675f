package org.sealkeeper.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;

/**
 * Which caller may do what with which key, for which purpose. Immutable, and safe for use by many threads.
 *
 * <p>A denial that matches wins over every grant; then the first grant in the order of the file that matches allows; what none
 * allows is denied. A condition that fails, or is neither true nor false, makes its grant not match and its denial match.
 */
public final class Policy {
    private final Roles roles;
    private final Map<PolicyOperation, List<Rule>> rules = new EnumMap<>(PolicyOperation.class);
    private final List<Rule> all;
    private final ClaimsInView claims;
    private final String text;
    private final String digest;
    private final Optional<Duration> emergencyWindow;
    private final List<String> warnings;

    /** Takes the denials before the grants: the first rule that decides is the answer. */
    Policy(
            Roles roles,
            List<Rule> denials,
            List<Rule> grants,
            String text,
            String digest,
            Optional<Duration> emergencyWindow,
            List<String> warnings) {
        this.roles = roles;
        this.all = Stream.concat(denials.stream(), grants.stream()).toList();
        for (PolicyOperation operation : PolicyOperation.values()) {
            rules.put(
                    operation,
                    all.stream()
                            .filter(rule -> rule.operations().contains(operation))
                            .toList());
        }
        this.claims = new ClaimsInView(roles.matchers().toList(), all);
        this.text = text;
        this.digest = digest;
        this.emergencyWindow = emergencyWindow;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads and checks the file whole.
     *
     * @throws ConfigurationFault with every mistake of the file, each in a line of its own that names file and line
     */
    public static Policy load(Path file, KnownNames known) {
        return load(FileContent.read(file), known);
    }

    /**
     * As above, of a file that was read before.
     *
     * @throws ConfigurationFault as above
     */
    public static Policy load(FileContent file, KnownNames known) {
        return of(PolicyFile.read(file, known));
    }

    /**
     * A policy that was in force once, from its {@link #text()}. The chains and keys of then may be gone.
     *
     * @throws ConfigurationFault if the text is none
     */
    public static Policy kept(String text) {
        return of(PolicyFile.readKept(text));
    }

    private static Policy of(PolicyFile.Reading reading) {
        return switch (reading) {
            case PolicyFile.Reading.Valid(Policy policy) -> policy;
            case PolicyFile.Reading.Invalid(List<String> mistakes) ->
                throw new ConfigurationFault(String.join("\n", mistakes));
        };
    }

    /** Allowed or not, and by which rule. */
    public Verdict decide(PolicyRequest request) {
        var facts = new Facts(request, roles.of(request.caller()));
        for (Rule rule : rulesAbout(request.operation())) {
            if (rule.decides(rule.match(facts))) {
                return new Verdict(rule.kind() == Rule.Kind.GRANT, rule.path());
            }
        }
        return new Verdict(false, Verdict.DEFAULT_DENY);
    }

    /** The same verdict, with what every rule that names the operation had to do with it. */
    public Explanation explain(PolicyRequest request) {
        var facts = new Facts(request, roles.of(request.caller()));
        List<Explanation.RuleMatch> matches = new ArrayList<>();
        for (Rule rule : rulesAbout(request.operation())) {
            Match match = rule.match(facts);
            matches.add(new Explanation.RuleMatch(rule.path(), match, failure(rule, match, facts)));
        }
        return new Explanation(decide(request), roles.namesOf(facts.roles()), matches);
    }

    /** Which claims of tokens can change its decisions. */
    public ClaimsInView claims() {
        return claims;
    }

    /** The file, as it was read. */
    public String text() {
        return text;
    }

    /** SHA-256 of the file's bytes, in lowercase hex. */
    public String digest() {
        return digest;
    }

    /** How long an emergency lasts after it was justified; empty where the policy grants none. */
    public Optional<Duration> emergencyWindow() {
        return emergencyWindow;
    }

    /** What is allowed but looks like a mistake, each in a line that names file and line. */
    public List<String> warnings() {
        return warnings;
    }

    /** What it says as a whole. */
    public PolicyOutline outline() {
        return PolicyOutline.of(all, roles);
    }

    Stream<Rule> rules() {
        return all.stream();
    }

    Stream<CallerMatcher> matchers() {
        return roles.matchers();
    }

    private List<Rule> rulesAbout(PolicyOperation operation) {
        return rules.getOrDefault(operation, List.of());
    }

    private static Optional<String> failure(Rule rule, Match match, Facts facts) {
        if (match != Match.CONDITION_FAILED) {
            return Optional.empty();
        }
        return rule.condition()
                .map(condition -> condition.evaluate(facts))
                .map(result -> result instanceof Condition.Result.Failed(String reason) ? reason : "unknown");
    }
}
