package org.sealkeeper.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.sealkeeper.config.Section;

/** Reads the roles of a policy file. */
final class RolesReader {
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Mistakes mistakes;

    RolesReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /**
     * The roles.
     *
     * @param numbers of all that are declared, also of those with mistakes, so that rules naming them are not called wrong
     */
    record Read(Roles roles, Map<String, Integer> numbers) {}

    Read read(Section root) {
        SequencedMap<String, List<CallerMatcher>> roles = new LinkedHashMap<>();
        mistakes.check(() -> {
            Section section = root.section("roles");
            for (String name : section.names()) {
                roles.put(name, matchers(section, name));
            }
        });
        Map<String, Integer> numbers = new LinkedHashMap<>();
        roles.keySet().forEach(name -> numbers.put(name, numbers.size()));
        return new Read(new Roles(roles), numbers);
    }

    private List<CallerMatcher> matchers(Section roles, String name) {
        if (!NAME.matcher(name).matches()) {
            mistakes.add(roles.fault(name, nameExpected("role") + ", found '" + name + "'"));
        }
        List<CallerMatcher> matchers = new ArrayList<>();
        for (Section section : mistakes.orElse(List.<Section>of(), () -> roles.sections(name))) {
            mistakes.check(() -> matchers.add(matcher(section)));
        }
        return matchers;
    }

    private static CallerMatcher matcher(Section section) {
        Optional<NamePattern> certificate = section.has("certificate")
                ? Optional.of(section.value("certificate", NamePattern::parse))
                : Optional.empty();
        Optional<CallerMatcher.TokenMatcher> token = section.has("issuer") || section.has("claims")
                ? Optional.of(new CallerMatcher.TokenMatcher(section.text("issuer"), claims(section)))
                : Optional.empty();
        section.finish();
        if (certificate.isEmpty() && token.isEmpty()) {
            throw section.fault("", "expected 'certificate', or 'issuer' and 'claims', found neither");
        }
        return new CallerMatcher(certificate, token);
    }

    private static Map<String, String> claims(Section section) {
        Section claims = section.section("claims");
        Map<String, String> expected = new LinkedHashMap<>();
        for (String claim : claims.names()) {
            expected.put(claim, claims.text(claim));
        }
        if (expected.isEmpty()) {
            throw section.fault("claims", "expected at least one claim: an issuer alone matches all its tokens");
        }
        return expected;
    }

    static String nameExpected(String what) {
        return "expected a " + what
                + "'s name of 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or digit";
    }
}
