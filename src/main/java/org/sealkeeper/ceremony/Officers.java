package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.config.Section;
import org.sealkeeper.pki.Authorities;
import org.sealkeeper.pki.Judgement;
import org.sealkeeper.pki.KeyFile;
import org.sealkeeper.verify.Digests;

/**
 * Those who approve changes, and how many of them each kind of change needs: what {@code officers.yaml} says.
 *
 * @param text of the file, which holds the certificates: nothing else is part of it
 * @param authorities PEM, of the authorities that the officers' certificates must come from
 * @param revocations a file of revocation lists, relative to {@code appliance.yaml}; empty where the authorities revoke nothing
 * @param needed how many officers must approve a change of each kind: two or more
 */
public record Officers(
        String text,
        List<Officer> officers,
        KeyFile authorities,
        Optional<Path> revocations,
        Map<Operation, Integer> needed) {
    /** What officers approve. */
    public static final List<Operation> APPROVED = List.of(
            Operation.CREATE_KEY,
            Operation.ROTATE_KEY,
            Operation.DESTROY_KEY,
            Operation.CHANGE_KEY_STATE,
            Operation.IMPORT_CERTIFICATE,
            Operation.ENROLL_RECIPIENT,
            Operation.RETIRE_RECIPIENT,
            Operation.OPEN_REWRAP_WINDOW,
            Operation.CLOSE_REWRAP_WINDOW,
            Operation.APPROVE_POLICY,
            Operation.CHANGE_OFFICERS,
            Operation.IMPORT_CATALOGUE,
            Operation.FORGET_TOKEN);

    private static final int FEWEST = 2;
    private static final String NONE = "none";

    public Officers {
        officers = List.copyOf(officers);
        needed = Map.copyOf(needed);
    }

    /**
     * Reads what a file says, and checks it whole.
     *
     * @param name of the file, for messages
     * @throws ConfigurationFault naming the file and line of whatever is missing, unknown, malformed or declared twice
     */
    public static Officers parse(Path name, String text) {
        Section root = ConfigFile.parse(name, text);
        KeyFile authorities = pem(root, "authorities", name);
        String revocations = root.text("revocations");
        List<Officer> officers = root.sections("officers").stream()
                .map(section -> officer(section, name))
                .toList();
        requireDistinct(officers, root);
        Map<Operation, Integer> needed = needed(root.section("approvals"), officers.size());
        root.finish();
        return new Officers(
                text,
                officers,
                authorities,
                revocations.equals(NONE) ? Optional.empty() : Optional.of(Path.of(revocations)),
                needed);
    }

    private static Officer officer(Section section, Path file) {
        OfficerName name = section.value("name", OfficerName::new);
        KeyFile certificate = pem(section, "certificate", file);
        section.finish();
        try {
            return new Officer(name, certificate.certificates());
        } catch (IllegalArgumentException e) {
            throw section.fault("certificate", String.valueOf(e.getMessage()));
        }
    }

    /** Two names for one person are no two people. */
    private static void requireDistinct(List<Officer> officers, Section root) {
        Set<OfficerName> names = new HashSet<>();
        Set<Object> keys = new HashSet<>();
        for (Officer officer : officers) {
            if (!names.add(officer.name()) || !keys.add(officer.key().keyId())) {
                throw root.fault(
                        "officers", "officer '" + officer.name() + "' is there twice, or has the key of another");
            }
        }
    }

    private static Map<Operation, Integer> needed(Section approvals, int officers) {
        if (officers < FEWEST) {
            throw approvals.fault("", "expected two officers or more, found " + officers);
        }
        Map<Operation, Integer> needed = new EnumMap<>(Operation.class);
        for (Operation operation : APPROVED) {
            needed.put(operation, (int) approvals.integer(field(operation, approvals), FEWEST, officers));
        }
        approvals.finish();
        return needed;
    }

    /** Files from before there were such changes say nothing of them. */
    private static String field(Operation operation, Section approvals) {
        if (approvals.has(operation.text())) {
            return operation.text();
        }
        return switch (operation) {
            case CHANGE_KEY_STATE, IMPORT_CERTIFICATE -> Operation.ROTATE_KEY.text();
            case IMPORT_CATALOGUE -> Operation.CHANGE_OFFICERS.text();
            case FORGET_TOKEN -> Operation.DESTROY_KEY.text();
            default -> operation.text();
        };
    }

    private static KeyFile pem(Section section, String field, Path file) {
        return new KeyFile(FileContent.of(file, section.text(field).getBytes(UTF_8)));
    }

    /** The SHA-256 of the file, in lowercase hex. */
    public String digest() {
        return Digests.sha256(text.getBytes(UTF_8));
    }

    /** The officer of this name; empty where there is none. */
    public Optional<Officer> named(OfficerName name) {
        return officers.stream().filter(officer -> officer.name().equals(name)).findFirst();
    }

    /** How many officers must approve this kind of change. */
    public int needed(Operation operation) {
        return Objects.requireNonNull(needed.get(operation), operation::text);
    }

    /**
     * Judges the officer's certificate.
     *
     * @param lists what the authorities revoked; where it is present, every certificate must be covered by it
     * @throws ConfigurationFault if the authorities are not usable, or the lists are not current
     */
    Judgement judge(Officer officer, Optional<KeyFile> lists, Instant now) {
        return Authorities.of(authorities, lists, now).judge(officer.chain(), now);
    }
}
