package org.sealkeeper.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.sealkeeper.hsm.CkaId;
import org.sealkeeper.hsm.RawDataKeys;
import org.sealkeeper.hsm.RecipientKey;

/** The token without us, making and releasing data keys. */
record RawDataKeyLoad(RawDataKeys.Token token, CkaId kek, RecipientKey recipient) {

    Measured generate(int threads, int seconds) throws Exception {
        String what = "raw token, generate, " + Measured.count(threads, "thread");
        return run(what, threads, seconds, RawDataKeys::generate);
    }

    Measured unwrap(int threads, int seconds) throws Exception {
        byte[] wrapped;
        try (RawDataKeys session = token.session(kek, recipient)) {
            wrapped = session.generate();
        }
        String what = "raw token, unwrap, " + Measured.count(threads, "thread");
        return run(what, threads, seconds, session -> session.unwrap(wrapped));
    }

    private Measured run(String what, int threads, int seconds, Consumer<RawDataKeys> work) throws Exception {
        long pid = ProcessHandle.current().pid();
        ProcessUse start = ProcessUse.of(pid);
        long began = System.nanoTime();
        long until = began + seconds * 1_000_000_000L;
        List<Future<Samples>> running = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> sample(until, work)));
            }
        }
        double elapsed = (System.nanoTime() - began) / 1e9;
        ProcessUse end = ProcessUse.of(pid);
        LongStream all = LongStream.empty();
        for (var samples : running) {
            all = LongStream.concat(all, LongStream.of(samples.get().toArray()));
        }
        return Measured.of(what, all.toArray(), elapsed, end.coresSince(start, elapsed), end.rssMiB());
    }

    private Samples sample(long until, Consumer<RawDataKeys> work) {
        var samples = new Samples();
        try (RawDataKeys session = token.session(kek, recipient)) {
            for (long now = System.nanoTime(); now < until; ) {
                work.accept(session);
                long done = System.nanoTime();
                samples.add(done - now);
                now = done;
            }
        }
        return samples;
    }
}
