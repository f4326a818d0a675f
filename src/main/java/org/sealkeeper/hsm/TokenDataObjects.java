package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;

import java.util.ArrayList;
import java.util.List;

/** The token's data objects by label. Its methods block. */
public final class TokenDataObjects {
    private final TokenWork work;

    TokenDataObjects(TokenWork work) {
        this.work = work;
    }

    /** The values of all data objects with this label; empty ones among them are such whose writing was interrupted. */
    public List<byte[]> values(String label) {
        return work.administer(objects -> {
            List<byte[]> values = new ArrayList<>();
            for (long handle : objects.withLabel(CKO_DATA, label)) {
                values.add((byte[]) objects.attribute(handle, CKA_VALUE).orElse(new byte[0]));
            }
            return values;
        });
    }

    /** Destroys all data objects with this label. */
    public void destroy(String label) {
        int _ = work.administer(objects -> {
            long[] handles = objects.withLabel(CKO_DATA, label);
            for (long handle : handles) {
                objects.destroy(handle);
            }
            return handles.length;
        });
    }
}
