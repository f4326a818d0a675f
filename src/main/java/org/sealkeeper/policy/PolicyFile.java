package org.sealkeeper.policy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.config.Section;

/** Reads {@code policy.yaml}, and reports all its mistakes at once. */
public final class PolicyFile {
    private final Mistakes mistakes = new Mistakes();
    private final List<String> warnings = new ArrayList<>();
    private final Path file;
    private final String text;
    private final KnownNames known;

    private PolicyFile(Path file, String text, KnownNames known) {
        this.file = file;
        this.text = text;
        this.known = known;
    }

    /** What became of a file. */
    public sealed interface Reading {
        record Valid(Policy policy) implements Reading {}

        /**
         * No policy.
         *
         * @param mistakes at least one, each naming file and line
         */
        record Invalid(List<String> mistakes) implements Reading {
            public Invalid {
                mistakes = List.copyOf(mistakes);
            }
        }
    }

    /**
     * Reads and checks the file whole.
     *
     * @throws ConfigurationFault if it cannot be read at all
     */
    public static Reading read(Path file, KnownNames known) {
        return read(FileContent.read(file), known);
    }

    /**
     * As above, a file that was read before.
     *
     * @throws ConfigurationFault if it could not be read, or is not UTF-8
     */
    public static Reading read(FileContent file, KnownNames known) {
        var reader = new PolicyFile(file.path(), ConfigFile.text(file), known);
        reader.mistakes.check(reader::requireEndMark);
        return reader.read();
    }

    /** As above, a text that was in force once: it was whole then. */
    static Reading readKept(String text) {
        return new PolicyFile(Path.of("policy.yaml"), text, KnownNames.ANY).read();
    }

    /**
     * Of a file that is cut anywhere the last line is missing, so that no part of a policy is a policy: one denial fewer, or half a
     * condition, could permit more (docs/decisions/0019-a-policy-ends-with-its-end-mark.md).
     */
    private void requireEndMark() {
        int mark = text.indexOf("\n...");
        String last = mark < 0 ? "" : text.substring(mark);
        if (!last.equals("\n...\n") && !last.equals("\n...\r\n")) {
            throw new ConfigurationFault(
                    file + ":" + Math.max(1, text.lines().count())
                            + ": expected the line '...' at the end of the policy and nowhere else: without it the file may be cut");
        }
    }

    private Reading read() {
        try {
            return read(ConfigFile.parse(file, text));
        } catch (ConfigurationFault e) {
            mistakes.add(e);
            return new Reading.Invalid(mistakes.all());
        }
    }

    private Reading read(Section root) {
        var roles = new RolesReader(mistakes).read(root);
        MultiFactor mfa = mistakes.orElse(MultiFactor.DEFAULT, () -> multiFactor(root));
        var conditions = new ConditionReader(mistakes, file, text);
        var reader = new RuleReader(mistakes, warnings, new Names(known), roles.numbers(), mfa, conditions);
        var separation = new Separation(mistakes, List.copyOf(roles.numbers().keySet()));
        var emergency = new EmergencyWindow(mistakes);
        List<Rule> grants = new ArrayList<>();
        List<Rule> denials = new ArrayList<>();
        for (Section section : mistakes.orElse(List.<Section>of(), () -> root.sections("grants"))) {
            Rule grant = reader.grant(section);
            grants.add(grant);
            separation.add(grant, section);
            emergency.add(grant, section);
        }
        for (Section section : mistakes.orElse(List.<Section>of(), () -> root.sections("denials"))) {
            denials.add(reader.denial(section));
        }
        mistakes.check(() -> separation.check(root, warnings));
        Optional<Duration> window = emergency.read(root);
        mistakes.check(root::finish);
        return mistakes.all().isEmpty()
                ? new Reading.Valid(new Policy(roles.roles(), denials, grants, text, digest(), window, warnings))
                : new Reading.Invalid(mistakes.all());
    }

    private static MultiFactor multiFactor(Section root) {
        if (!root.has("multiFactor")) {
            return MultiFactor.DEFAULT;
        }
        Section section = root.section("multiFactor");
        Set<String> amr = new HashSet<>(section.values("amr", text -> text));
        Set<String> acr = new HashSet<>(section.values("acr", text -> text));
        section.finish();
        return new MultiFactor(amr, acr);
    }

    private String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
