package org.sealkeeper.http.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Lets resources answer with records that hold the kernel's values. */
@Singleton
final class WireTypesForAnswers implements ObjectMapperCustomizer {

    /** Last, so that no other module writes these types its own way. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new WireTypes());
    }
}
