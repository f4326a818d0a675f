package org.sealkeeper.rollback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promise one, in a model of the protocol: never are two different blocks of one height signed with the token's key, by any process on
 * any copy of the store. Every world within the bounds is looked at; {@code -Dsealkeeper.model=large} has wider ones.
 */
class ProtocolModelTest {
    private static final boolean IS_LARGE = "large".equals(System.getProperty("sealkeeper.model"));
    private static final Set<Guard> NOTHING = EnumSet.noneOf(Guard.class);

    private static Stream<Bounds> bounds() {
        return Stream.of(Bounds.values()).filter(bounds -> IS_LARGE || !bounds.isLarge());
    }

    private static Stream<RedundantGuard> redundant() {
        return Stream.of(RedundantGuard.values()).filter(guard -> IS_LARGE || !guard.isLarge());
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void noHeightIsSignedTwice(Bounds bounds) {
        assertThat(bounds.explore(NOTHING).counterexample()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(NecessaryGuard.class)
    void withoutThisGuardAHeightIsSignedTwice(NecessaryGuard guard) {
        assertThat(guard.exploreWithout().counterexample()).isPresent();
    }

    /** Within these bounds: what they are for is in {@link RedundantGuard}. */
    @ParameterizedTest
    @MethodSource("redundant")
    void withoutThisGuardTheProtocolStillHoldsWithinTheseBounds(RedundantGuard guard) {
        assertThat(guard.exploreWithout().counterexample()).isEmpty();
    }

    @Test
    void everyGuardIsNecessaryOrIsKnownNotToBe() {
        Set<Guard> known = EnumSet.noneOf(Guard.class);
        for (NecessaryGuard guard : NecessaryGuard.values()) {
            known.add(guard.guard());
        }
        for (RedundantGuard guard : RedundantGuard.values()) {
            assertThat(known.add(guard.guard())).isTrue();
        }
        assertThat(known).containsExactlyInAnyOrder(Guard.values());
    }
}
