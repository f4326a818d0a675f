package org.sealkeeper.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;

class ApprovedChangesTest {
    private static final KeyAlias DATA = new KeyAlias("patient-data");
    private static final List<TokenLabel> ONE = List.of(new TokenLabel("one"));
    private static final Change ROTATION = new Change.RotateKey(DATA, 2, ONE);
    private static final String OFFICERS = "a".repeat(64);

    private static Request request(Change... changes) {
        return new Request(
                "lab-a.example/log",
                "tester",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-02T00:00:00Z"),
                "nonce",
                Optional.of(OFFICERS),
                new Basis(List.of(), "0".repeat(64), List.of()),
                List.of(changes));
    }

    @Test
    void whatTheRequestAsksForIsLetBeMadeInTheNameOfTheRequestAndItsOfficers() {
        Request request = request(ROTATION);
        var decision = new ApprovedChanges(request).require(ROTATION);
        assertThat(decision.isAllowed()).isTrue();
        assertThat(decision.rule()).isEqualTo("ceremony/" + request.digest());
        assertThat(decision.policy()).contains(OFFICERS);
    }

    @Test
    void nothingElseIs() {
        var control = new ApprovedChanges(request(ROTATION));
        for (Change other : List.of(
                new Change.RotateKey(DATA, 3, ONE),
                new Change.RotateKey(DATA, 2, List.of(new TokenLabel("two"))),
                new Change.RotateKey(new KeyAlias("other"), 2, ONE),
                new Change.DestroyKey(DATA, 2, 0),
                new Change.RetireRecipient(new RecipientName("lab-a")))) {
            assertThatThrownBy(() -> control.require(other))
                    .isInstanceOf(ConfigurationFault.class)
                    .hasMessageContaining("does not ask for this");
        }
    }

    @Test
    void aRequestIsReadAsItIsWrittenAndInNoOtherForm() {
        Request request = request(ROTATION, new Change.CloseRewrapWindow(DATA));
        assertThat(Request.parse(request.bytes())).isEqualTo(request);
        String json = new String(request.bytes(), UTF_8);
        for (String other : List.of(
                json.replace("{\"basis\"", "{\"also\":\"this\",\"basis\""),
                json.replace("\"nonce\":\"nonce\"", "\"nonce\":\"nonce\",\"nonce\":\"nonce\""),
                json.replace("\"version\":2", "\"version\":2.0"),
                json.replace("sealkeeper-ceremony-request/1", "sealkeeper-ceremony-request/2"),
                json + "\n",
                json.replace(":", ": "))) {
            assertThatThrownBy(() -> Request.parse(other.getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
