package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_DEVICE_MEMORY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.FaultyModule;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.Ledger;
import org.sealkeeper.testing.StoreFiles;
import org.sealkeeper.testing.TokenFault;

/** One appliance, its nodes, and the harm that is done to it. After each round the newest store is where it belongs, and no process runs. */
final class Storm {
    private static final int NODES = 2;
    private static final int LEASE_IS_OVER_MILLIS = 4_500;

    private final Home home;
    private final FaultyModule token;
    private final Ledger ledger;
    private final Path folder;
    private final Random random;
    private final StoreFiles store;
    private final Path backup;
    private final Path newest;
    private int copies;

    Storm(Home home, FaultyModule token, Ledger ledger, Path folder, Random random) {
        this.home = home;
        this.token = token;
        this.ledger = ledger;
        this.folder = folder;
        this.random = random;
        this.store = new StoreFiles(home);
        this.backup = folder.resolve("backup.db");
        this.newest = folder.resolve("newest");
    }

    /** The appliance, to which no harm is done. */
    ApplianceProcess calm() {
        return ApplianceProcess.start(home);
    }

    void round(StormHarm harm) throws Exception {
        ApplianceProcess appliance = calm();
        Files.deleteIfExists(backup);
        store.backUp(backup);
        try (var _ = ledger.load(home, NODES)) {
            awaitBlocks(5);
            switch (harm) {
                case KILL -> appliance.kill();
                case KILL_AND_RESTORE -> killAndRestore(appliance);
                case PAUSE -> pause(appliance);
                case PAUSE_AND_COPY -> {}
                case COPY -> copy(appliance);
                case RESTORE -> harm(appliance, files -> files.restore(backup), "store-");
                case OVERWRITE -> harm(appliance, files -> files.overwrite(backup), "store-replaced");
                case REPLACE -> harm(appliance, files -> files.replace(backup), "store-replaced");
                case REMOVE -> harm(appliance, StoreFiles::remove, "store-gone");
                case TRUNCATE -> harm(appliance, StoreFiles::truncate, "store-replaced");
                case VANISH -> vanish(appliance);
                case FORGET -> forget(appliance);
                case COPY_OF_A_CLAIM -> copyOfAClaim(appliance);
            }
        }
        if (harm == StormHarm.PAUSE_AND_COPY) {
            pauseAndCopy(appliance);
        }
    }

    /** Harms the open store. What was newest at that moment is kept, and brought back when the appliance has refused and ended. */
    private void harm(ApplianceProcess appliance, Consumer<StoreFiles> harm, String reason) {
        appliance.pause();
        while (store.isWriting()) {
            appliance.resume();
            appliance.pause();
        }
        store.copyTo(newest);
        harm.accept(store);
        appliance.resume();
        assertThatNothingIsSigned(home, reason);
        assertThat(appliance.health("ready")).contains("DOWN").contains(reason);
        appliance.kill();
        store.bringBack(newest);
    }

    private void killAndRestore(ApplianceProcess appliance) throws Exception {
        appliance.kill();
        store.copyTo(newest);
        store.remove();
        Files.copy(backup, home.store().resolve("sealkeeper.db"));
        ApplianceProcess restored = ApplianceProcess.startUnready(home);
        assertThatNothingIsSigned(home, "store-behind");
        restored.kill();
        store.bringBack(newest);
    }

    private void pause(ApplianceProcess appliance) throws Exception {
        appliance.pause();
        Thread.sleep(random.nextInt(LEASE_IS_OVER_MILLIS));
        appliance.resume();
        awaitBlocks(5);
        appliance.kill();
    }

    /**
     * The copy has all that was signed, and goes on; the original finds out, and must not be started again on its own store. At rest: a
     * process that is stopped while it writes to SoftHSM keeps its file locked, and everybody out.
     */
    private void pauseAndCopy(ApplianceProcess original) throws Exception {
        original.pause();
        Home copy = home.copy(folder.resolve("copy-" + copies++));
        ApplianceProcess other = ApplianceProcess.start(copy);
        try (var _ = ledger.load(copy, NODES)) {
            original.resume();
            assertThatNothingIsSigned(home, "another-appliance");
            original.kill();
            awaitBlocks(5);
            other.kill();
        }
        new StoreFiles(copy).copyTo(newest);
        ApplianceProcess stale = ApplianceProcess.startUnready(home);
        assertThatNothingIsSigned(home, "store-behind");
        stale.kill();
        store.bringBack(newest);
    }

    private void copy(ApplianceProcess original) throws Exception {
        Home copy = home.copy(folder.resolve("copy-" + copies++));
        ApplianceProcess other = ApplianceProcess.launchFast(copy);
        assertThat(other.awaitExit()).isEqualTo(3);
        assertThat(other.output()).contains("another appliance holds the lease of the token's keys");
        awaitBlocks(5);
        original.kill();
    }

    private void vanish(ApplianceProcess appliance) throws IOException {
        Path away = folder.resolve("away");
        Files.move(home.store(), away);
        assertThatNothingIsSigned(home, "store-gone");
        appliance.kill();
        Files.move(away, home.store());
    }

    private void copyOfAClaim(ApplianceProcess original) throws Exception {
        makeForgetful();
        assertThatNothingIsSigned(home, "token-cannot-remember");
        original.pause();
        Home copy = home.copy(folder.resolve("copy-" + copies++));
        token.clear();
        original.resume();
        awaitBlocks(5);
        original.kill();
        ApplianceProcess stale = ApplianceProcess.startUnready(copy);
        assertThatNothingIsSigned(copy, "store-behind");
        stale.kill();
    }

    private void forget(ApplianceProcess appliance) throws Exception {
        makeForgetful();
        assertThatNothingIsSigned(home, "token-cannot-remember");
        token.clear();
        awaitBlocks(5);
        appliance.kill();
    }

    private void makeForgetful() {
        for (String function : new String[] {"C_CreateObject", "C_SetAttributeValue"}) {
            token.inject(TokenFault.answer(function, CKR_DEVICE_MEMORY));
        }
    }

    /** From the very next request on, however often it is asked. */
    private void assertThatNothingIsSigned(Home where, String reason) {
        try (var node = Caller.of(where, "node-a")) {
            for (int i = 0; i < 20; i++) {
                var answer = ledger.ask(node);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(Blocks.json(answer).path("reason").asText()).startsWith(reason);
            }
        }
    }

    private void awaitBlocks(int more) throws InterruptedException {
        int enough = ledger.size() + more;
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (ledger.size() < enough) {
            assertThat(System.nanoTime()).as("nothing is signed").isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
