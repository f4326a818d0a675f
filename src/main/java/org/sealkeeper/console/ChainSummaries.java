package org.sealkeeper.console;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Chain;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.door.ChainReader;

/** Reads chains as {@link ChainSummary}s. */
@Singleton
final class ChainSummaries {
    /** Of the blocks of the last hour, so many are counted. */
    private static final int COUNTED = 500;

    private static final Duration RECENT = Duration.ofHours(1);

    private final Chains chains;
    private final ChainReader reader;
    private final InstantSource clock;

    ChainSummaries(Chains chains, ChainReader reader, InstantSource clock) {
        this.chains = chains;
        this.reader = reader;
        this.clock = clock;
    }

    /** Those of some chains, in the order of their declaration. */
    List<ChainSummary> of(Predicate<ChainName> wanted) {
        return chains.all().stream()
                .filter(chain -> wanted.test(chain.name()))
                .map(this::of)
                .toList();
    }

    ChainSummary of(Chain chain) {
        int recent = reader.signedSince(chain.name(), clock.instant().minus(RECENT), COUNTED);
        return ChainSummary.of(chain, reader.top(chain.name()), recent, recent == COUNTED);
    }
}
