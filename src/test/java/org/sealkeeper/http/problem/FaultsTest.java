package org.sealkeeper.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {

    static Exception[] hangUps() {
        return new Exception[] {
            new HttpClosedException("closed"),
            new IOException("Connection reset by peer"),
            new CompletionException(new HttpClosedException("closed"))
        };
    }

    @ParameterizedTest
    @MethodSource("hangUps")
    void aCallerThatHangsUpIsNoFaultOfOurs(Exception hangUp) {
        assertThat(Faults.translate(hangUp).type()).isEqualTo(ProblemType.INVALID_REQUEST);
    }
}
