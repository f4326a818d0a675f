package org.sealkeeper.hsm.state;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_VENDOR_DEFINED;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** Every return value that the wrapper knows: those it declares, and those it only has names for. */
final class StandardReturnValues {
    private static final long FIRST_ABOVE = 0x1000;

    private StandardReturnValues() {}

    /** Without CKR_VENDOR_DEFINED, where vendors' own begin. */
    static List<Long> all() {
        return Stream.concat(declared(), named())
                .distinct()
                .filter(value -> value != CKR_VENDOR_DEFINED)
                .toList();
    }

    private static Stream<Long> declared() {
        return Stream.of(PKCS11Constants.class.getFields())
                .filter(field -> field.getName().startsWith("CKR_"))
                .map(StandardReturnValues::value);
    }

    private static long value(Field constant) {
        try {
            return constant.getLong(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Long> named() {
        return LongStream.range(0, FIRST_ABOVE)
                .filter(value -> !ReturnValues.name(value).startsWith("CKR_0X"))
                .boxed();
    }
}
