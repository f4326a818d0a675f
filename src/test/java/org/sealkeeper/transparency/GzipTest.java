package org.sealkeeper.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which clients accept gzip, by RFC 9110 section 12.5.3. */
class GzipTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip                     | true",
                "GZIP                     | true",
                "deflate, gzip            | true",
                "gzip;q=0.5, identity     | true",
                "gzip ; q=1               | true",
                "''                       | false",
                "identity                 | false",
                "gzip;q=0                 | false",
                "gzip; q=0.000, deflate   | false",
                "x-gzip-of-mine           | false",
            })
    void gzipIsForClientsThatAcceptIt(String header, boolean isAccepted) {
        assertThat(Gzip.accepts(List.of(header))).isEqualTo(isAccepted);
    }
}
