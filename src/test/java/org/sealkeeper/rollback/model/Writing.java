package org.sealkeeper.rollback.model;

/** A write of the token: compares the own objects, relabels one of them, then looks who else is there. */
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
        var token = world.token();
        OwnTexts own = one.own();
        if (!protocol.has(Guard.COMPARE_OWN_OBJECTS_BEFORE_WRITE)) {
            reach("does not compare its objects", world, one.now(Phase.WRITE));
        } else if (own.mayBe(0, token.text(one.owner(), 0)) && own.mayBe(1, token.text(one.owner(), 1))) {
            OwnTexts known =
                    token.text(one.owner(), which(one)).map(own::resolved).orElse(own);
            reach("finds its objects as it wrote them", world, one.owns(known, Phase.WRITE));
        } else {
            reach("finds its objects changed, and stops", world, Appliance.GONE);
        }
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
        Token token = world.token();
        boolean isAlone = token.ofOthersThan(one.owner()).isEmpty() && token.hasBoth(one.owner());
        if (protocol.has(Guard.LOOK_AFTER_WRITE) && !isAlone) {
            reach("sees that another has taken the keys, and stops", world, Appliance.GONE);
        } else if (one.ends()) {
            reach("has given up the keys", world, Appliance.GONE);
        } else {
            OwnTexts written = one.own().succeeded(protocol.has(Guard.TWO_OBJECTS_IN_TURN));
            String step = one.claimed() == 0 ? "is alone" : "is alone, and signs " + Block.of(one.claimed());
            reach(step, world.withSignatures(one.claimed()), one.serves(written));
        }
        if (protocol.mayHappen(Misfortune.WRITE_FAILED, world)) {
            reach("cannot look after its write", world.afterMisfortune(), failed(one, one.own()));
        }
    }
}
