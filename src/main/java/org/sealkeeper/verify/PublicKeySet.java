package org.sealkeeper.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sealkeeper.kernel.KeyId;

/**
 * The public keys of a file.
 *
 * @param keys those that are understood
 * @param ignored those of a JWK Set that are not, which must not spoil it (RFC 7517 section 5)
 * @param names the {@code kid}s of a JWK Set that are not the thumbprints of their keys, where those were let pass
 */
public record PublicKeySet(List<VerificationKey> keys, List<Ignored> ignored, Map<KeyId, String> names) {

    public PublicKeySet {
        keys = List.copyOf(keys);
        ignored = List.copyOf(ignored);
        names = Map.copyOf(names);
    }

    static PublicKeySet of(List<VerificationKey> keys) {
        return new PublicKeySet(keys, List.of(), Map.of());
    }

    /**
     * A key that is not understood.
     *
     * @param kid as the set has it, where that can be shown
     * @param thumbprint of RFC 7638, where it is known
     * @param why it is ignored, as a sentence about it
     */
    public record Ignored(Optional<String> kid, Optional<KeyId> thumbprint, String why) {
        boolean isNamed(KeyId name) {
            return thumbprint.filter(name::equals).isPresent()
                    || kid.filter(name.value()::equals).isPresent();
        }

        @Override
        public String toString() {
            return kid.map(shown -> "the key '" + shown + "' ").orElse("a key ") + why;
        }
    }

    /** What was ignored and why, for a message; empty where nothing was. */
    String complaints() {
        return ignored.stream().map(Ignored::toString).collect(Collectors.joining("; "));
    }
}
