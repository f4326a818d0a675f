package org.sealkeeper.rollback.model;

import java.util.Optional;
import org.sealkeeper.rollback.model.Token.TokenObject;

/** The start of an appliance, or of accept-rollback, until it has the token's keys. */
record Starting(Protocol protocol, World world, int slot, Reached reached) {
    void step() {
        Appliance one = world.appliance(slot);
        switch (one.phase()) {
            case RECALL -> recall(one);
            case AWAIT -> await(one);
            case RECALL_AGAIN ->
                reach("recalls again", world, one.recalls(world.token().records(), Phase.JUDGE));
            case JUDGE -> new Judging(protocol, world, slot, reached).judge(one);
            case LOOK_BEFORE_TAKING -> lookBeforeTaking(one);
            case MAKE_FIRST -> makeFirst(one);
            case MAKE_SECOND -> makeSecond(one);
            case MAKE_PERMIT -> makePermit(one);
            case REVOKE -> revoke(one);
            case LOOK_AGAIN -> lookAgain(one);
            case GIVE_UP -> giveUp(one);
            case REMOVE -> remove(one);
            case GONE, SERVE, COMPARE_OWN, WRITE, LOOK -> {}
        }
    }

    private void reach(String step, World next, Appliance now) {
        reached.reached(step, slot, next.with(slot, now));
    }

    private void recall(Appliance one) {
        boolean waits = protocol.has(Guard.LEASE) && world.token().isHeldElsewhere(one.place());
        reach("recalls", world, one.recalls(world.token().records(), waits ? Phase.AWAIT : Phase.JUDGE));
    }

    private void await(Appliance one) {
        if (world.token().records().equals(one.recall())) {
            Phase next = protocol.has(Guard.JUDGE_WHAT_WAS_AWAITED) ? Phase.JUDGE : Phase.RECALL_AGAIN;
            reach("has waited for the lease", world, one.now(next));
        } else {
            reach("finds the token in use", world, Appliance.GONE);
        }
    }

    private void lookBeforeTaking(Appliance one) {
        Appliance sees = protocol.has(Guard.TAKE_WHAT_WAS_JUDGED)
                ? one
                : one.recalls(world.token().records(), one.phase());
        if (protocol.has(Guard.LOOK_BEFORE_TAKING) && !world.token().records().equals(sees.recall())) {
            reach("sees that another wrote", world, Appliance.GONE);
        } else {
            reach("looks before it takes the keys", world, sees.now(Phase.MAKE_FIRST));
        }
    }

    private void makeFirst(Appliance one) {
        Appliance named = one.named(world.names() + 1);
        Text text = new Text(one.recall().highestSequence() + 1, true, one.place(), one.memory());
        reach(
                "makes its first object",
                world.withAnotherName().with(world.token().with(named.owner(), 0, text)),
                named.owns(OwnTexts.made(text), Phase.MAKE_SECOND));
    }

    private void makeSecond(Appliance one) {
        if (world.token().text(one.owner(), 1).isPresent()) {
            reach(
                    "makes a third object, since its machine was turned back, and gives up",
                    world,
                    one.now(Phase.GIVE_UP));
        } else {
            Token made = world.token().with(one.owner(), 1, one.own().second());
            reach("makes its second object", world.with(made), one.now(Phase.MAKE_PERMIT));
        }
    }

    private void makePermit(Appliance one) {
        Token permitting = world.token().permitting(one.owner());
        reach("makes its permit", world.with(permitting), one.now(Phase.REVOKE));
    }

    private void revoke(Appliance one) {
        Optional<Integer> next = protocol.has(Guard.REVOKE_PERMITS)
                ? world.token().permits().stream()
                        .filter(owner -> one.recall().has(owner))
                        .findFirst()
                : Optional.empty();
        next.ifPresentOrElse(
                owner -> reach(
                        "revokes the permit of " + owner,
                        world.with(world.token().revoking(owner)),
                        one),
                () -> reach("has revoked the others' permits", world, one.now(Phase.LOOK_AGAIN)));
    }

    private void lookAgain(Appliance one) {
        boolean isSame = world.token().ofOthersThan(one.owner()).records().equals(one.recall());
        if (isSame || !protocol.has(Guard.LOOK_AGAIN_AT_START)) {
            reach("looks again", world, one.recalls(one.recall().owners(), Phase.REMOVE));
        } else {
            reach("sees that another wrote, and gives up", world, one.now(Phase.GIVE_UP));
        }
    }

    /**
     * What it made is removed, but only where all that it saw is there, or another has made a record since. Else its machine may have
     * been turned back to before it removed them, and what it made is what the token remembers.
     */
    private void giveUp(Appliance one) {
        Token others = world.token().ofOthersThan(one.owner());
        if (protocol.has(Guard.GIVE_UP_NOTHING_THAT_COUNTS) && (!others.covers(one.recall()) || !isAsMade(one))) {
            reach("leaves its objects", world, Appliance.GONE);
        } else {
            reach("removes its objects", world.with(others.revoking(one.owner())), Appliance.GONE);
        }
    }

    private boolean isAsMade(Appliance one) {
        return world.token().objects().stream()
                .filter(object -> object.owner() == one.owner())
                .allMatch(object -> object.text().equals(one.own().first()));
    }

    /** One after the other, of each owner the newer one first: if it is killed in between, the older one is left. */
    private void remove(Appliance one) {
        Optional<TokenObject> next = world.token().objects().stream()
                .filter(object -> isToRemove(one, object))
                .filter(object -> world.token().isNewest(object))
                .findFirst();
        next.ifPresentOrElse(
                object -> reach(
                        "removes an object of " + object.owner(),
                        world.with(world.token().without(object.owner(), object.which())),
                        one),
                () -> reach("has removed the others' objects", world, one.writes(0, one.isCommand())));
    }

    private boolean isToRemove(Appliance one, TokenObject object) {
        return object.owner() != one.owner()
                && (one.recall().has(object.owner()) || !protocol.has(Guard.REMOVE_ONLY_THE_COMPARED));
    }
}
