package org.sealkeeper.audit;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.Section;
import org.sealkeeper.merkle.KeyName;
import org.sealkeeper.merkle.NoteAlgorithm;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.merkle.VerifierKey;

/**
 * The operator's file about the audit log, {@code audit.yaml}.
 *
 * @param origin the log's name, which never changes
 * @param protection how soon the token remembers what was signed
 * @param witnesses the witnesses that are asked to cosign every checkpoint
 * @param peers the logs whose checkpoints this appliance cosigns
 */
public record AuditFile(Origin origin, RollbackProtection protection, List<Witness> witnesses, List<Peer> peers) {
    public AuditFile {
        witnesses = List.copyOf(witnesses);
        peers = List.copyOf(peers);
    }

    /**
     * A witness of the log.
     *
     * @param url its submission prefix (C2SP tlog-witness); {@code add-checkpoint} is below it
     */
    public record Witness(VerifierKey key, URI url) {}

    /**
     * A key of a log whose checkpoints this appliance cosigns.
     *
     * @param log the origin of the log, in most cases the name of the key
     */
    public record Peer(Origin log, VerifierKey key) {}

    /**
     * Reads and checks the file whole.
     *
     * @throws org.sealkeeper.config.ConfigurationFault naming the file and line of whatever is missing, unknown or malformed
     */
    public static AuditFile read(Path file) {
        Section root = ConfigFile.read(file);
        var settings = new AuditFile(
                root.value("origin", text -> new KeyName(text).origin()),
                RollbackProtection.of(root),
                witnesses(root),
                root.items("peers", AuditFile::peer, AuditFile::peer));
        root.finish();
        return settings;
    }

    private static List<Witness> witnesses(Section root) {
        List<Witness> witnesses = new ArrayList<>();
        for (Section section : root.sections("witnesses")) {
            witnesses.add(
                    new Witness(section.value("key", AuditFile::cosignerKey), section.value("url", AuditFile::prefix)));
            section.finish();
        }
        return witnesses;
    }

    private static VerifierKey cosignerKey(String text) {
        VerifierKey key = VerifierKey.parse(text);
        if (!key.algorithm().isTimed()) {
            throw new IllegalArgumentException("expected the vkey of a cosigner, of type 4 or 6");
        }
        return key;
    }

    private static Peer peer(String text) {
        VerifierKey key = logKey(text);
        return new Peer(key.name().origin(), key);
    }

    /** For a log whose keys have other names than its origin. */
    private static Peer peer(Section section) {
        var peer = new Peer(section.value("origin", Origin::new), section.value("key", AuditFile::logKey));
        section.finish();
        return peer;
    }

    private static VerifierKey logKey(String text) {
        VerifierKey key = VerifierKey.parse(text);
        if (key.algorithm() == NoteAlgorithm.COSIGNATURE_V1) {
            throw new IllegalArgumentException("expected the vkey of a log, of type 1, 2 or 6");
        }
        return key;
    }

    private static URI prefix(String text) {
        URI url = URI.create(text.endsWith("/") ? text : text + "/");
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("expected an https URL");
        }
        return url;
    }
}
