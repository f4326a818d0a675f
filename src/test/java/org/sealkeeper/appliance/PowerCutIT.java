package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.FolderTree;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.PostgresServer;
import org.sealkeeper.testing.PowerCut;
import org.sealkeeper.testing.Writes;

/**
 * The power fails at random moments of one run in which several callers sign: what was written and not synced is lost, or half of it is. Then the
 * process is killed, the power fails at once, and the appliance goes on.
 */
class PowerCutIT {
    /** The profile {@code soak} has 200 of each. */
    private static final int CUTS = Integer.getInteger("sealkeeper.powerCuts", 5);

    private static final int CUTS_OF_A_SERVER = Integer.getInteger("sealkeeper.powerCuts", 2);
    private static final int BLOCKS = Integer.getInteger("sealkeeper.powerCutBlocks", 80);

    @TempDir
    Path folder;

    @TempDir
    Path work;

    @Test
    void nothingThatACallerWasToldIsLostWhenThePowerFails() throws Exception {
        Home home = Home.provision(folder);
        CallersBeforeCut.declareChains(home);
        Path files = home.folder().resolve("store");
        PowerCut cut = PowerCut.of(files, work);
        var callers = new CallersBeforeCut(home, cut);
        callers.signUntilKilled(ApplianceProcess.start(home, cut.environment()), BLOCKS);
        Writes writes = cut.writes();
        assertThat(writes.syncs("sealkeeper.db-wal")).isPositive();

        var random = new Random(20_261_129);
        long end = cut.now();
        Path disk = work.resolve("disk");
        for (int i = 0; i < CUTS; i++) {
            long moment = random.nextLong(end);
            cut.leave(writes, moment, random, disk);
            try (Store store = Store.open(new StoreLocation.Embedded(disk.resolve("sealkeeper.db")))) {
                callers.assertThatNothingIsLost(store, moment);
            }
            new FolderTree(disk).delete();
        }
        new FolderTree(files).delete();
        cut.leaveWhatIsSynced(writes, end, files);
        callers.assertThatItGoesOn();
    }

    @Test
    void norWhenThatOfTheDatabaseServerFails() throws Exception {
        try (var server = PostgresServer.start()) {
            Home home = Home.provisionOn(server, folder);
            CallersBeforeCut.declareChains(home);
            server.stop();
            PowerCut cut = server.powerCut(work);
            server.restart(cut.environment());
            var callers = new CallersBeforeCut(home, cut);
            callers.signUntilKilled(ApplianceProcess.start(home), BLOCKS);
            server.kill();
            Writes writes = cut.writes();
            assertThat(writes.syncs("pg_wal/")).isPositive();

            var random = new Random(20_261_130);
            long end = cut.now();
            for (int i = 0; i < CUTS_OF_A_SERVER; i++) {
                long moment = random.nextLong(end);
                server.restartOn(data -> cut.leave(writes, moment, random, data));
                try (Store store = Store.open(server.database(folder))) {
                    callers.assertThatNothingIsLost(store, moment);
                }
            }
            server.restartOn(data -> cut.leaveWhatIsSynced(writes, end, data));
            callers.assertThatItGoesOn();
        }
    }
}
