package org.sealkeeper.hsm.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_VENDOR_DEFINED;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReturnValuesTest {
    /** A return value that falls through would be a vendor's to us, and the token suspect for what is a fault of ours. */
    @Test
    void everyReturnValueOfTheStandardHasItsMeaning() {
        List<Long> standard = StandardReturnValues.all();
        assertThat(standard)
                .hasSizeGreaterThan(90)
                .allSatisfy(value -> assertThat(ReturnValues.of(value))
                        .as(ReturnValues.name(value))
                        .isNotEqualTo(Meaning.UNKNOWN));
    }

    @Test
    void everyMeaningOfTheTableIsOfTheStandard() {
        assertThat(LongStream.range(0, 0x1000)
                        .filter(value -> ReturnValues.of(value) != Meaning.UNKNOWN)
                        .boxed())
                .containsExactlyInAnyOrderElementsOf(StandardReturnValues.all());
    }

    @Test
    void aVendorsCodeIsUnknownAndHasItsNumberForAName() {
        for (long value : new long[] {CKR_VENDOR_DEFINED, CKR_VENDOR_DEFINED + 1, 0xCE534351L, 0x1000, -1}) {
            assertThat(ReturnValues.of(value)).isEqualTo(Meaning.UNKNOWN);
        }
        assertThat(ReturnValues.name(CKR_VENDOR_DEFINED + 0xA1)).isEqualTo("CKR_0X800000A1");
    }
}
