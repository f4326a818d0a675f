package org.sealkeeper.verify;

import java.util.HexFormat;

/** A signature in hexadecimal, right or wrong in the way its name says. */
record EcdsaSample(String name, boolean valid, SignatureEncoding encoding, String hex) {
    byte[] signature() {
        return HexFormat.of().parseHex(hex);
    }
}
