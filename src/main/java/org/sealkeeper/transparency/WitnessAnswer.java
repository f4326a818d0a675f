package org.sealkeeper.transparency;

import org.sealkeeper.merkle.NoteSignature;

/** What became of asking a witness for its cosignature. */
sealed interface WitnessAnswer {

    record Cosigned(NoteSignature line) implements WitnessAnswer {}

    /** It saw another history of our log. */
    record Contradicted(String what) implements WitnessAnswer {}

    /** It has this checkpoint already, is not asked now, or did not answer as it should. */
    record Nothing() implements WitnessAnswer {}
}
