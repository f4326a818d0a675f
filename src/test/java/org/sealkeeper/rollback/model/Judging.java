package org.sealkeeper.rollback.model;

import java.util.List;
import java.util.stream.Stream;

/** Compares a store with what the token has; or settles, for an operator, that it has less. */
record Judging(Protocol protocol, World world, int slot, Reached reached) {
    void judge(Appliance one) {
        Log store = world.store(one.place());
        if (one.isCommand()) {
            accept(one, store);
        } else if (isAccepted(store, one.recall()) || !protocol.has(Guard.COMPARE_AT_START)) {
            reach("finds that its store has what the token has", world, one.remembers(store, Phase.LOOK_BEFORE_TAKING));
        } else {
            reach("finds that its store is not what the token has", world, Appliance.GONE);
        }
    }

    private void reach(String step, World next, Appliance now) {
        reached.reached(step, slot, next.with(slot, now));
    }

    private boolean isAccepted(Log store, Token recall) {
        if (recall.readable().findAny().isEmpty()) {
            return recall.isEmpty() && (store.isEmpty() || !protocol.has(Guard.REFUSE_AN_EMPTY_TOKEN));
        }
        if (protocol.has(Guard.JUDGE_ALL_RECORDS)) {
            return recall.readable().allMatch(text -> store.continues(text.log()));
        }
        // of two of the same number, whichever is looked at
        return newest(recall).anyMatch(text -> store.continues(text.log()));
    }

    private static Stream<Text> newest(Token recall) {
        return recall.readable().filter(text -> text.sequence() == recall.highestSequence());
    }

    /** With the newest block of the ledger as evidence, or with none: a signature need not have been answered. */
    private void accept(Appliance one, Log store) {
        Token recall = one.recall();
        if (recall.readable().findAny().isEmpty() || isAccepted(store, recall)) {
            reach("finds no rollback to accept", world, Appliance.GONE);
            return;
        }
        List<Text> judged = (protocol.has(Guard.JUDGE_ALL_RECORDS) ? recall.readable() : newest(recall)).toList();
        int remembered =
                judged.stream().mapToInt(text -> text.log().head()).max().orElse(0);
        accept(one, store, remembered, isRememberedByAll(judged, store.claimsAt(remembered), remembered));
        int answered = Block.heightOf(world.signed());
        if (answered > remembered) {
            accept(one, store, answered, false);
        }
    }

    /** Whether the store's claim of this height is the one of every record that has this height. */
    private static boolean isRememberedByAll(List<Text> judged, int claim, int height) {
        return judged.stream()
                .filter(text -> text.log().head() == height)
                .allMatch(text -> text.log().claimsAt(height) == claim);
    }

    private void accept(Appliance one, Log store, int height, boolean keepsTop) {
        boolean voids = protocol.has(Guard.VOID_CLAIMS_BELOW_RAISED_HEAD)
                && (height > store.head() || protocol.has(Guard.VOID_CLAIMS_BELOW_EVERY_HEAD));
        Log accepted = store.accept(height, voids, keepsTop);
        reach(
                "accepts the rollback, with heads at " + height,
                world.withStore(one.place(), accepted).afterAcceptance(),
                one.remembers(accepted, Phase.LOOK_BEFORE_TAKING));
    }
}
