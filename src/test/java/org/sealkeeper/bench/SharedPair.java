package org.sealkeeper.bench;

import io.vertx.core.http.HttpVersion;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sealkeeper.bench.Load.ChainRange;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Home;

/** Two appliances that share a database, each with half of the connections and of the chains. */
record SharedPair(String what, Half first, Half second) implements InTurns.Candidate {
    private static final int HALF = InTurns.CHAINS / 2;

    /** One of them. */
    record Half(Home home, ApplianceProcess appliance, ChainRange chains) {
        private static Half start(Home home, int from) {
            return new Half(home, ApplianceProcess.startForLoad(home), new ChainRange(from, HALF));
        }

        private Measured measure(String what, int seconds) throws Exception {
            try (var load = new Load(home, HttpVersion.HTTP_1_1, HALF, chains, 1, "individual")) {
                return load.run(what, appliance.pid(), seconds);
            }
        }
    }

    static SharedPair start(String what, Home first, Home second) throws Exception {
        var pair = new SharedPair(what, Half.start(first, 0), Half.start(second, HALF));
        pair.warmUp();
        return pair;
    }

    @Override
    public Measured measure(int seconds) throws Exception {
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<Measured> other = beside.submit(() -> second.measure(what, seconds));
            Measured one = first.measure(what, seconds);
            return Bench.progress(one.beside(other.get(), what));
        }
    }

    @Override
    public void close() {
        first.appliance.close();
        second.appliance.close();
    }
}
