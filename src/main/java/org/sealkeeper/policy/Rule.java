package org.sealkeeper.policy;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A grant or a denial. Each selector is about the operations that have such a thing: chains about operations on chains, keys about
 * operations on keys, purposes about operations that state one. In a denial an absent selector means all.
 *
 * @param roles the numbers of its roles
 * @param mfa what shows multi-factor authentication, where the grant requires it
 */
record Rule(
        Kind kind,
        String name,
        BitSet roles,
        Set<PolicyOperation> operations,
        Optional<List<NamePattern>> chains,
        Optional<List<NamePattern>> keys,
        Optional<List<Purpose>> purposes,
        Optional<MultiFactor> mfa,
        Optional<Condition> condition) {

    /** What a rule does when it matches. */
    enum Kind {
        GRANT("grants/"),
        DENIAL("denials/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Its name in verdicts. */
    String path() {
        return kind.prefix + name;
    }

    /** Whether it is about this request; it names the operation already. The cheap questions come first. */
    Match match(Facts facts) {
        PolicyRequest request = facts.request();
        if (!selects(chains, ResourceKind.CHAIN, request)) {
            return Match.OTHER_CHAIN;
        }
        if (!selects(keys, ResourceKind.KEY, request)) {
            return Match.OTHER_KEY;
        }
        if (!roles.intersects(facts.roles())) {
            return Match.OTHER_ROLE;
        }
        Match purpose = purpose(request);
        if (purpose != Match.MATCHES) {
            return purpose;
        }
        if (mfa.isPresent()
                && !request.caller().token().map(mfa.get()::isShownBy).orElse(false)) {
            return Match.NO_MFA;
        }
        return condition.map(expression -> conditionMatch(expression, facts)).orElse(Match.MATCHES);
    }

    /** Whether a rule with this match decides: one whose condition fails denies, and does not grant. */
    boolean decides(Match match) {
        return match == Match.MATCHES || (kind == Kind.DENIAL && match == Match.CONDITION_FAILED);
    }

    private static boolean selects(Optional<List<NamePattern>> patterns, ResourceKind resource, PolicyRequest request) {
        if (patterns.isEmpty() || request.operation().resource() != resource) {
            return true;
        }
        String name = resource == ResourceKind.CHAIN
                ? request.chain().orElseThrow().value()
                : request.key().orElseThrow().value();
        for (NamePattern pattern : patterns.get()) {
            if (pattern.matches(name)) {
                return true;
            }
        }
        return false;
    }

    private Match purpose(PolicyRequest request) {
        if (purposes.isEmpty() || !request.operation().hasPurpose()) {
            return Match.MATCHES;
        }
        if (request.purpose().isEmpty()) {
            return Match.NO_PURPOSE;
        }
        Purpose asked = request.purpose().get();
        for (Purpose purpose : purposes.get()) {
            // An emergency is granted by its own name only, but a denial of treatment denies emergencies too.
            if (kind == Kind.GRANT ? purpose.allows(asked) : purpose.covers(asked)) {
                return Match.MATCHES;
            }
        }
        return Match.OTHER_PURPOSE;
    }

    private static Match conditionMatch(Condition condition, Facts facts) {
        return switch (condition.evaluate(facts)) {
            case Condition.Result.Value(boolean isTrue) -> isTrue ? Match.MATCHES : Match.CONDITION_FALSE;
            case Condition.Result.Failed _ -> Match.CONDITION_FAILED;
        };
    }
}
