package org.sealkeeper.audit;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sealkeeper.merkle.VerifierKey;

/**
 * A key in the token that signs notes.
 *
 * @param verifier its public half, under the name it signs with
 * @param sign makes the signature of a message, in the form the verifier takes; fails with a fault of the token
 */
public record NoteKey(VerifierKey verifier, Function<byte[], CompletionStage<byte[]>> sign) {}
