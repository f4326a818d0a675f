package org.sealkeeper.hsm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.Section;
import org.sealkeeper.kernel.SigningAlgorithm;

/**
 * What one kind of token is like, from a {@code profile.yaml}.
 *
 * @param kind the kind's name, for messages
 * @param modules where its PKCS#11 library may lie; the first that exists is used
 * @param readOnlySessions whether signing uses read-only sessions; some tokens know none
 * @param poolSize sessions that sign, and threads, one each; as many work with data keys, and five are the appliance's own
 * @param queueLength requests that may wait for a session; one more is an overload
 * @param deadline from the request to its signature, waiting included
 * @param hardDeadline how long calls may not return before the process ends, where the token is out of use because of them
 * @param probeInterval between two proofs that the token works, which also keep its link alive
 * @param algorithms what it can sign with; checked against its mechanism list at the start
 * @param recipientAlgorithm how it encrypts data keys to recipients
 * @param makesTokens whether {@code C_InitToken} makes a new token in a free slot; elsewhere the vendor's tool does
 */
public record TokenProfile(
        String kind,
        List<Path> modules,
        boolean readOnlySessions,
        int poolSize,
        int queueLength,
        Duration deadline,
        Duration hardDeadline,
        Duration probeInterval,
        Set<SigningAlgorithm> algorithms,
        RecipientAlgorithm recipientAlgorithm,
        boolean makesTokens) {
    private static final String KNOWN_ALGORITHMS =
            Stream.of(SigningAlgorithm.values()).map(SigningAlgorithm::joseName).collect(Collectors.joining(", "));
    private static final int MAX_POOL_SIZE = 256;
    private static final int MAX_QUEUE_LENGTH = 100_000;
    private static final int MAX_DEADLINE_MILLIS = 600_000;
    private static final int MAX_SECONDS = 3_600;
    private static final int USUAL_HARD_DEADLINE_SECONDS = 60;
    private static final int USUAL_PROBE_SECONDS = 10;

    public TokenProfile {
        modules = List.copyOf(modules);
        algorithms = Set.copyOf(algorithms);
    }

    /**
     * Reads and checks the file whole.
     *
     * @throws ConfigurationFault naming the file and line of whatever is missing, unknown or malformed
     */
    public static TokenProfile read(Path file) {
        Section root = ConfigFile.read(file);
        var profile = new TokenProfile(
                root.text("kind"),
                root.values("modules", Path::of),
                root.choice("sessions", Map.of("read-only", true, "read-write", false)),
                (int) root.integer("poolSize", 1, MAX_POOL_SIZE),
                (int) root.integer("queueLength", 1, MAX_QUEUE_LENGTH),
                Duration.ofMillis(root.integer("deadlineMillis", 1, MAX_DEADLINE_MILLIS)),
                seconds(root, "hardDeadlineSeconds", USUAL_HARD_DEADLINE_SECONDS),
                seconds(root, "probeSeconds", USUAL_PROBE_SECONDS),
                algorithms(root),
                root.choice("recipientAlgorithm", RecipientAlgorithm.BY_JOSE_NAME),
                root.choice("newTokens", Map.of("pkcs11", true, "vendor-tool", false)));
        root.finish();
        return profile;
    }

    private static Duration seconds(Section root, String field, int usual) {
        return Duration.ofSeconds(root.has(field) ? root.integer(field, 1, MAX_SECONDS) : usual);
    }

    private static Set<SigningAlgorithm> algorithms(Section root) {
        List<SigningAlgorithm> listed = root.values(
                "algorithms",
                name -> SigningAlgorithm.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("expected one of " + KNOWN_ALGORITHMS)));
        if (listed.isEmpty()) {
            throw root.fault("algorithms", "expected at least one of " + KNOWN_ALGORITHMS + ", found none");
        }
        return Set.copyOf(listed);
    }
}
