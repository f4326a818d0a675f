package org.sealkeeper.gate;

import java.util.Optional;

/**
 * What is durable after the transaction of a {@link Beginning}.
 *
 * @param intent present where a key is to be used
 */
public record Begun<U extends KeyUse, T>(T finding, Optional<Intent<U>> intent) {}
