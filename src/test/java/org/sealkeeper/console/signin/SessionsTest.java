package org.sealkeeper.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private Instant now = Instant.EPOCH;
    private final Sessions sessions = new Sessions(() -> now, new SecureRandom());

    private CookieSecret open(String caller) {
        return sessions.open(caller, "token of " + caller, now.plus(Duration.ofHours(8)));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aSessionIsKnownByItsSecretAlone() {
        CookieSecret secret = open("dr-a");

        assertThat(sessions.token(secret.text(), true)).hasValue("token of dr-a");
        assertThat(sessions.token(secret.digest(), true)).isEmpty();
        assertThat(sessions.token("", true)).isEmpty();
        assertThat(secret.text())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(open("dr-a").text());
        assertThat(secret.toString()).doesNotContain(secret.text());
    }

    @Test
    void aSessionEndsWithItsTokenWhoeverUsesIt() {
        CookieSecret secret = sessions.open("dr-a", "token", now.plus(Duration.ofMinutes(40)));

        pass(Duration.ofMinutes(20));
        assertThat(sessions.token(secret.text(), true)).isPresent();
        pass(Duration.ofMinutes(20));
        assertThat(sessions.token(secret.text(), true)).isEmpty();
        assertThat(sessions.count()).isZero();
    }

    @Test
    void aSessionThatNobodyUsesEndsAndAPageThatLooksAgainByItselfIsNoUse() {
        CookieSecret used = open("dr-a");
        CookieSecret left = open("dr-a");

        for (int i = 0; i < 3; i++) {
            pass(Duration.ofMinutes(10));
            assertThat(sessions.token(used.text(), true)).isPresent();
            assertThat(sessions.token(left.text(), false).isPresent()).isEqualTo(i < 2);
        }
    }

    @Test
    void aSessionThatWasEndedIsNoMore() {
        CookieSecret secret = open("dr-a");

        sessions.end(secret.text());
        sessions.end("of nobody");

        assertThat(sessions.token(secret.text(), true)).isEmpty();
    }

    @Test
    void aCallerHasEightAtMostAndTakesNoneOfOthers() {
        CookieSecret other = open("dr-b");
        List<CookieSecret> own = new ArrayList<>();
        for (int i = 0; i < Sessions.MAX_OF_ONE_CALLER; i++) {
            own.add(open("dr-a"));
        }
        sessions.token(own.getFirst().text(), true);

        open("dr-a");

        assertThat(sessions.token(own.get(1).text(), true)).isEmpty();
        assertThat(sessions.token(own.getFirst().text(), true)).isPresent();
        assertThat(sessions.token(other.text(), true)).isPresent();
        assertThat(sessions.count()).isEqualTo(Sessions.MAX_OF_ONE_CALLER + 1);
    }

    @Test
    void allTogetherHaveABound() {
        CookieSecret used = open("first");
        for (int i = 0; i < 2 * Sessions.MAX; i++) {
            open("dr-" + i);
            sessions.token(used.text(), true);
        }

        assertThat(sessions.count()).isEqualTo(Sessions.MAX);
        assertThat(sessions.token(used.text(), true)).isPresent();
    }
}
