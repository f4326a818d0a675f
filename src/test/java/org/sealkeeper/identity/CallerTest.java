package org.sealkeeper.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final Caller APP = Caller.of(new CallerId("urn:x:app"));

    @Test
    void aPersonIsTheSameThroughWhicheverWorkload() {
        Caller alice = person("alice");
        Caller aliceThroughTheApp = new Caller(APP.certificate(), alice.token());
        assertThat(alice.mayBe(aliceThroughTheApp.fullName())).isTrue();
        assertThat(aliceThroughTheApp.mayBe(alice.fullName())).isTrue();
        assertThat(alice.mayBe(alice.fullName())).isTrue();
    }

    @Test
    void twoPeopleThroughOneWorkloadAreTwo() {
        Caller alice = new Caller(APP.certificate(), person("alice").token());
        Caller bob = new Caller(APP.certificate(), person("bob").token());
        assertThat(alice.mayBe(bob.fullName())).isFalse();
        assertThat(person("ob").mayBe(bob.fullName())).isFalse();
    }

    @Test
    void aWorkloadMayBeThePersonThatActedThroughIt() {
        Caller alice = new Caller(APP.certificate(), person("alice").token());
        assertThat(APP.mayBe(alice.fullName())).isTrue();
        assertThat(alice.mayBe(APP.fullName())).isTrue();
        assertThat(APP.mayBe("urn:x:application")).isFalse();
    }

    private static Caller person(String subject) {
        return new Caller(
                Optional.empty(),
                Optional.of(new BearerToken("https://idp.example", subject, Optional.empty(), Map.of())));
    }
}
