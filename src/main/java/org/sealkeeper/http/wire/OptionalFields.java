package org.sealkeeper.http.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.util.Optional;

/** The rule that a field is required unless its type is {@link Optional}, and never null: the type says it, no annotation repeats it. */
public final class OptionalFields {
    private OptionalFields() {}

    /** Makes fields required and their nulls failures. */
    public static final class Introspector extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        private static final JsonSetter.Value NEVER_NULL = JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return !isOptional(member);
        }

        @Override
        public JsonSetter.Value findSetterInfo(Annotated member) {
            return isOptional(member) ? JsonSetter.Value.empty() : NEVER_NULL;
        }

        private static boolean isOptional(Annotated member) {
            return member.getRawType() == Optional.class;
        }
    }

    /** Tells an absent optional field, which is empty, from a null one, which is refused. */
    public static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyReferenceDeserializer(
                DeserializationConfig config,
                ReferenceType type,
                BeanDescription description,
                JsonDeserializer<?> deserializer) {
            return new NeverNull(deserializer);
        }
    }

    private static final class NeverNull extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        NeverNull(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new NeverNull(delegate);
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Object getNullValue(DeserializationContext context) throws JsonMappingException {
            throw new WrongValue(context.getParser(), "expected a value, found null");
        }
    }
}
