package org.sealkeeper.cli.catalogue;

import java.nio.file.Path;
import org.sealkeeper.ceremony.catalogue.CatalogueFile;
import org.sealkeeper.cli.audit.ProvenLeaves;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.TlogProof;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.mirror.InvalidLog;

/** Files of catalogues. */
public final class CatalogueFiles {
    private CatalogueFiles() {}

    /**
     * Reads one; that its leaf is in the log is not judged.
     *
     * @throws ConfigurationFault if it is none
     */
    public static CatalogueFile read(Path file) {
        try {
            return CatalogueFile.parse(InputFile.bytes(file, CatalogueFile.MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": not a catalogue: " + e.getMessage(), e);
        }
    }

    /**
     * Reads one that an appliance wrote whose log is trusted.
     *
     * @throws org.sealkeeper.mirror.InvalidLog if its leaf is not in that log
     */
    static CatalogueFile judged(Path file, CheckpointJudge judge) {
        CatalogueFile read = read(file);
        TlogProof proof = ProvenLeaves.require(file.toString(), read.leaf(), judge);
        String log = Checkpoint.parse(proof.checkpoint().text()).origin().value();
        if (!log.equals(read.catalogue().log())) {
            throw new InvalidLog(
                    file.toString(),
                    "expected a catalogue of the log that proves it, " + log + ", found one of "
                            + read.catalogue().log());
        }
        return read;
    }
}
