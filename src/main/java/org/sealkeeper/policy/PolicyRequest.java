package org.sealkeeper.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;

/**
 * What a policy is asked.
 *
 * @param chain required for an operation on chains
 * @param key required for an operation on keys
 * @param purpose only for an operation that has one
 * @param height of the block, where the request is about one
 * @param recipient the one a data key is released to
 */
public record PolicyRequest(
        Caller caller,
        PolicyOperation operation,
        Optional<ChainName> chain,
        Optional<KeyAlias> key,
        Optional<Purpose> purpose,
        OptionalLong height,
        Optional<String> recipient,
        Instant now) {

    /** @throws IllegalArgumentException if the chain or the key is missing, or there is a purpose where there can be none */
    public PolicyRequest {
        if (operation.resource() == ResourceKind.CHAIN && chain.isEmpty()) {
            throw new IllegalArgumentException("expected a chain: " + operation.text() + " is an operation on chains");
        }
        if (operation.resource() == ResourceKind.KEY && key.isEmpty()) {
            throw new IllegalArgumentException("expected a key: " + operation.text() + " is an operation on keys");
        }
        if (!operation.hasPurpose() && purpose.isPresent()) {
            throw new IllegalArgumentException("expected no purpose: " + operation.text() + " has none");
        }
    }
}
