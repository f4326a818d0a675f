package org.sealkeeper.transparency;

import java.util.List;
import org.sealkeeper.merkle.NoteSignature;

/** What a witness answers when it is asked to cosign a checkpoint (C2SP tlog-witness). */
sealed interface CosigningOutcome {

    /** It extends what was seen before, and is cosigned. */
    record Cosigned(List<NoteSignature> lines) implements CosigningOutcome {}

    /** Of another size than the log thought was seen last. */
    record SawOtherSize(long size) implements CosigningOutcome {}

    /** The log is none of the configured ones. */
    record UnknownLog() implements CosigningOutcome {}

    /** None of the log's keys signed it, or a line of one of them is wrong. */
    record NotSigned() implements CosigningOutcome {}

    /** The old size is larger than the new one. */
    record OldIsLarger() implements CosigningOutcome {}

    /** The proof does not show that it extends what was seen, or it is an empty tree with leaves. */
    record NotProven() implements CosigningOutcome {}

    /** The size seen before, but another root: two histories were signed. */
    record OtherRoot() implements CosigningOutcome {}
}
