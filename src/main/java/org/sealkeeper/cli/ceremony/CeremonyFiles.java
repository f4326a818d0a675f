package org.sealkeeper.cli.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import org.sealkeeper.ceremony.Approval;
import org.sealkeeper.ceremony.Request;
import org.sealkeeper.ceremony.Transcript;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;

/** The files of a ceremony. */
final class CeremonyFiles {
    private CeremonyFiles() {}

    static Request request(Path file) {
        try {
            return Request.parse(InputFile.bytes(file, Request.MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": not a request: " + e.getMessage(), e);
        }
    }

    /** One line end behind it is an editor's. */
    static Approval approval(Path file) {
        try {
            return Approval.parse(new String(InputFile.bytes(file, Approval.MAX_BYTES), UTF_8).stripTrailing());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": not an approval: " + e.getMessage(), e);
        }
    }

    static Transcript transcript(Path file) {
        try {
            return Transcript.parse(InputFile.bytes(file, Transcript.MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": not a transcript: " + e.getMessage(), e);
        }
    }
}
