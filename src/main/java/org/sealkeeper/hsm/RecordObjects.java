package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the data objects of {@link TokenRecords}. */
final class RecordObjects {
    private RecordObjects() {}

    static List<TokenRecord> all(TokenObjects objects) {
        List<TokenRecord> records = new ArrayList<>();
        for (long handle : objects.records()) {
            read(objects, handle).ifPresent(records::add);
        }
        return records;
    }

    private static Optional<TokenRecord> read(TokenObjects objects, long handle) {
        Optional<String> owner = owner(objects, handle);
        Optional<String> text = text(objects, handle);
        return owner.isPresent() && text.isPresent()
                ? Optional.of(new TokenRecord(owner.get(), text.get()))
                : Optional.empty();
    }

    static Optional<String> owner(TokenObjects objects, long handle) {
        return objects.attribute(handle, CKA_VALUE).map(value -> new String((byte[]) value, UTF_8));
    }

    /** The text of the record with this handle; empty where it has none. */
    static Optional<String> text(TokenObjects objects, long handle) {
        return objects.attribute(handle, CKA_LABEL).map(RecordObjects::text);
    }

    private static String text(Object label) {
        return label instanceof char[] characters ? new String(characters) : label.toString();
    }
}
