package org.sealkeeper.ledger.recovery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Handover;
import org.sealkeeper.ledger.Handover.Direction;
import org.sealkeeper.ledger.HandoverTable;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.store.Store;

/** A store that was brought back must not open a chain again that another appliance has. */
class ClosedElsewhereTest {
    private static final ChainName CHAIN = new ChainName("lab-a");
    private static final ClosedElsewhere SECOND_HANDOVER = new ClosedElsewhere(Map.of(CHAIN, 2L));

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void openStore() {
        var location = new StoreLocation.Embedded(folder.resolve("sealkeeper.db"));
        Store.create(location);
        store = Store.open(location);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aChainWhoseHandoverTheStoreForgotMustNotBeDeclared() {
        assertRefused();
        assertThatCode(() -> SECOND_HANDOVER.requireClosedHere(Set.of(new ChainName("lab-b")), store))
                .doesNotThrowAnyException();
    }

    @Test
    void oneThatIsClosedInTheStoreMayBeDeclared() {
        keep(2, Direction.AWAY);
        assertThatCode(() -> SECOND_HANDOVER.requireClosedHere(Set.of(CHAIN), store))
                .doesNotThrowAnyException();
    }

    @Test
    void oneThatCameBackBeforeTheForgottenHandoverMustNotBeDeclared() {
        keep(1, Direction.HERE);
        assertRefused();
    }

    @Test
    void norOneThatIsClosedByAnEarlierHandover() {
        keep(1, Direction.AWAY);
        assertRefused();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> SECOND_HANDOVER.requireClosedHere(Set.of(CHAIN, new ChainName("lab-b")), store))
                .isInstanceOf(ConfigurationFault.class)
                .hasMessageContaining("found lab-a: the mirror shows its handover")
                .hasMessageContaining("take it out of chains.yaml");
    }

    private void keep(long number, Direction direction) {
        var handover = new Handover(number, direction, new Origin("lab-b.example/log"), 0, Instant.EPOCH);
        boolean _ = store.commit(rows -> {
            new HandoverTable(rows).keep(CHAIN, handover);
            return true;
        });
    }
}
