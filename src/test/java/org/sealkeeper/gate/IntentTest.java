package org.sealkeeper.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.gate.KeyUse.ReleaseDataKey;
import org.sealkeeper.gate.KeyUse.Step;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKey;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.testing.RecipientKeyPair;

class IntentTest {
    private static final TokenLabel FIRST = new TokenLabel("first");
    private static final TokenLabel SECOND = new TokenLabel("second");

    @Test
    void eachTokenIsAskedOnceForEachStep() {
        RecipientKeyPair pair = RecipientKeyPair.generate();
        var recipient = new Recipient(
                new RecipientName("lab-a"), pair.publicKey(), pair.certificate(), Instant.EPOCH, Optional.empty());
        var key = new KeyEncryptionKey(
                new KeyAlias("patient-data"),
                1,
                KeyEncryptionKey.State.ACTIVE,
                new CkaId("0".repeat(32)),
                List.of(FIRST, SECOND),
                Instant.EPOCH);
        var intent = new Intent<>(List.of(7L), new ReleaseDataKey(key, recipient));
        assertThatThrownBy(() -> intent.take(Step.CHECK, FIRST)).isInstanceOf(IllegalStateException.class);
        intent.begin();
        assertThat(intent.take(Step.CHECK, FIRST).key()).isEqualTo(key);
        assertThat(intent.take(Step.CHECK, SECOND).key()).isEqualTo(key);
        assertThat(intent.take(Step.RELEASE, SECOND).key()).isEqualTo(key);
        assertThatThrownBy(() -> intent.take(Step.RELEASE, SECOND)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> intent.take(Step.REWRAP, FIRST)).isInstanceOf(IllegalStateException.class);
        intent.end();
        assertThatThrownBy(() -> intent.take(Step.RELEASE, FIRST)).isInstanceOf(IllegalStateException.class);
    }
}
