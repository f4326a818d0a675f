package org.sealkeeper.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sealkeeper.http.TlsListener;

class OwnAddressTest {
    @Test
    void onlyWhatTheCertificateNamesIsAnAddressOfThisAppliance() {
        var server = TlsListener.PKI.read("server");

        assertThat(OwnAddress.isNamed("localhost", server)).isTrue();
        assertThat(OwnAddress.isNamed("LOCALHOST", server)).isTrue();
        assertThat(OwnAddress.isNamed("127.0.0.1", server)).isTrue();
        for (String other : new String[] {"evil.example", "localhost.evil.example", "127.0.0.2", "", "*"}) {
            assertThat(OwnAddress.isNamed(other, server)).as(other).isFalse();
        }
    }
}
