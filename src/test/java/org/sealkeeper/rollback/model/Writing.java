package org.sealkeeper.rollback.model;

/** A write of the token: compares one of the own objects, relabels it, then looks for the own permit. */
record Writing(Protocol protocol, World world, int slot, Reached reached) {
    void step() {
        Appliance one = world.appliance(slot);
        switch (one.phase()) {
            case COMPARE_OWN -> compareOwn(one);
            case WRITE -> write(one);
            case LOOK -> look(one);
            case GONE,
                    RECALL,
                    AWAIT,
                    RECALL_AGAIN,
                    JUDGE,
                    LOOK_BEFORE_TAKING,
                    MAKE_FIRST,
                    MAKE_SECOND,
                    MAKE_PERMIT,
                    REVOKE,
                    LOOK_AGAIN,
                    GIVE_UP,
                    REMOVE,
                    SERVE -> {}
        }
    }

    private void reach(String step, World next, Appliance now) {
        reached.reached(step, slot, next.with(slot, now));
    }

    private int which(Appliance one) {
        return protocol.has(Guard.TWO_OBJECTS_IN_TURN) ? one.own().next() : 0;
    }

    private void compareOwn(Appliance one) {
        OwnTexts own = one.own();
        if (!protocol.has(Guard.COMPARE_OWN_OBJECTS_BEFORE_WRITE)) {
            reach("does not compare its object", world, one.now(Phase.WRITE));
        } else if (isAsWritten(one)) {
            OwnTexts known = world.token()
                    .text(one.owner(), which(one))
                    .map(own::resolved)
                    .orElse(own);
            reach("finds its object as it wrote it", world, one.owns(known, Phase.WRITE));
        } else {
            reach("finds its object changed, and stops", world, Appliance.GONE);
        }
    }

    /** The other one, too, where an attempt failed: if that was made after all, the next would write the same object once more. */
    private boolean isAsWritten(Appliance one) {
        int which = which(one);
        OwnTexts own = one.own();
        return own.mayBe(which, world.token().text(one.owner(), which))
                && (!own.isInDoubt() || own.mayBe(1 - which, world.token().text(one.owner(), 1 - which)));
    }

    private void write(Appliance one) {
        int which = which(one);
        Text text = new Text(one.own().sequence() + 1, !one.ends(), one.place(), one.memory());
        OwnTexts attempt = one.own().attempts(text);
        World written = world.with(world.token().with(one.owner(), which, text));
        if (world.token().text(one.owner(), which).isPresent()) {
            reach("writes its object " + which, written, one.owns(attempt, Phase.LOOK));
            if (protocol.mayHappen(Misfortune.WRITE_FAILED, world)) {
                reach("fails to write", world.afterMisfortune(), failed(one, attempt));
            }
            if (protocol.mayHappen(Misfortune.WRITE_INTERRUPTED, world)) {
                World torn = world.with(world.token().with(one.owner(), which, Text.TORN));
                reach("is killed while it writes its object " + which, torn.afterMisfortune(), Appliance.GONE);
            }
        } else {
            reach("finds its object gone, and stops", world, Appliance.GONE);
            if (protocol.mayHappen(Misfortune.OBJECT_RISES_AGAIN, world)) {
                reach("writes an object that was removed", written.afterMisfortune(), one.owns(attempt, Phase.LOOK));
            }
        }
    }

    private Appliance failed(Appliance one, OwnTexts attempt) {
        return one.serves(attempt.failed(protocol.has(Guard.NUMBER_FAILED_ATTEMPTS)));
    }

    /**
     * What the token remembers is signed at once. The key may be asked later as well, but nothing else follows from that: a signature
     * changes nothing but the set of what is signed.
     */
    private void look(Appliance one) {
        OwnTexts written = one.own().succeeded(protocol.has(Guard.TWO_OBJECTS_IN_TURN));
        if (protocol.has(Guard.LOOK_AFTER_WRITE) && !world.token().isPermitted(one.owner())) {
            reach("sees that another has taken the keys, and stops", world, Appliance.GONE);
        } else if (one.ends()) {
            reach("has given up the keys", world, Appliance.GONE);
        } else {
            String step = one.claimed() == 0 ? "is permitted" : "is permitted, and signs " + Block.of(one.claimed());
            reach(step, world.withSignatures(one.claimed()), one.serves(written));
        }
        if (protocol.mayHappen(Misfortune.WRITE_FAILED, world)) {
            reach("cannot look after its write", world.afterMisfortune(), one.serves(written));
        }
    }
}
