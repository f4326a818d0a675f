package org.sealkeeper.hsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.AttributeVector;

/**
 * Short texts in the token's data objects, out of reach of whoever restores or replaces a store. Every process that has the
 * user PIN sees all of them. Its methods block.
 *
 * <p>The text is the object's CKA_LABEL, the one attribute of a data object that every token lets its owner change (PKCS#11 2.40,
 * table 12); SoftHSM refuses to change CKA_VALUE, which holds the owner's name. To make a new object for each text instead would
 * cost some forty times as much there, and memory that is never given back.
 */
public final class TokenRecords {
    private final Hsm hsm;

    TokenRecords(Hsm hsm) {
        this.hsm = hsm;
    }

    /** Every record that can be read: two of each owner, unless a write was interrupted. */
    public List<TokenRecord> read() {
        return hsm.administer(objects -> {
            List<TokenRecord> records = new ArrayList<>();
            for (long handle : objects.records()) {
                read(objects, handle).ifPresent(records::add);
            }
            return records;
        });
    }

    private static Optional<TokenRecord> read(TokenObjects objects, long handle) {
        Optional<Object> owner = objects.attribute(handle, CKA_VALUE);
        Optional<Object> text = objects.attribute(handle, CKA_LABEL);
        return owner.isPresent() && text.isPresent()
                ? Optional.of(new TokenRecord(new String((byte[]) owner.get(), UTF_8), text(text.get())))
                : Optional.empty();
    }

    private static String text(Object label) {
        return label instanceof char[] characters ? new String(characters) : label.toString();
    }

    /**
     * Makes a record that only this process writes. If we crash in between, one object of it may be there.
     *
     * @param owner another one for each record ever made
     */
    public OwnRecord create(String owner, String text) {
        long[] handles = hsm.administer(
                objects -> new long[] {objects.create(object(owner, text)), objects.create(object(owner, text))});
        return new OwnRecord(hsm, handles);
    }

    private static AttributeVector object(String owner, String text) {
        return TokenObjects.record()
                .token(true)
                .private_(true)
                .modifiable(true)
                .label(text)
                .value(owner.getBytes(UTF_8));
    }
}
