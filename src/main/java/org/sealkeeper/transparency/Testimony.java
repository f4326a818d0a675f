package org.sealkeeper.transparency;

import org.sealkeeper.merkle.NoteSignature;

/** What a witness says to a checkpoint it is shown (C2SP tlog-witness). */
sealed interface Testimony {

    /** It extends what was seen before, and is cosigned. */
    record Cosigned(NoteSignature line) implements Testimony {}

    /** Of another size than the log thought was seen last. */
    record SawOtherSize(long size) implements Testimony {}

    /** The log is none of the configured ones. */
    record UnknownLog() implements Testimony {}

    /** None of the log's keys signed it, or a line of one of them is wrong. */
    record NotSigned() implements Testimony {}

    /** The old size is larger than the new one. */
    record OldIsLarger() implements Testimony {}

    /** The proof does not show that it extends what was seen, or it is an empty tree with leaves. */
    record NotProven() implements Testimony {}

    /** The size seen before, but another root: two histories were signed. */
    record OtherRoot() implements Testimony {}
}
