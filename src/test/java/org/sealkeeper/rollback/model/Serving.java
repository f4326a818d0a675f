package org.sealkeeper.rollback.model;

/** An appliance that serves: each claim is one transaction of its store, then a write of the token, then a signature. */
record Serving(Protocol protocol, World world, int slot, Reached reached) {
    void step() {
        Appliance one = world.appliance(slot);
        if (one.phase() == Phase.SERVE) {
            serve(one, world.store(one.place()));
        }
    }

    private void reach(String step, World next, Appliance now) {
        reached.reached(step, slot, next.with(slot, now));
    }

    private void serve(Appliance one, Log store) {
        if (one.isCommand()) {
            reach("writes the token", world, one.writes(0, true));
            return;
        }
        reach("renews its lease", world, one.writes(0, false));
        reach("is told to end", world, one.writes(0, true));
        if (protocol.has(Guard.PROCESS_MEMORY) && !store.equals(one.memory())) {
            reach("finds that its store is not what it wrote", world, Appliance.GONE);
            return;
        }
        for (Block block : Block.ALL) {
            if (block.height() > protocol.highest()) {
                continue;
            }
            if (block.height() > store.head() && block.mayBeNamed(world.claimed())) {
                Log claimed = store.claim(block);
                World next = world.withStore(one.place(), claimed).withClaim(block);
                follow("claims " + block, next, one.remembers(claimed, one.phase()), block);
            } else if (block.isIn(store.claims()) && !block.isIn(world.signed())) {
                follow("finishes " + block, world, one.remembers(store, one.phase()), block);
            }
        }
    }

    private void follow(String step, World next, Appliance one, Block block) {
        World asked = protocol.has(Guard.TOKEN_BEFORE_SIGNING) ? next : next.withSignatures(block.bit());
        reach(step, asked, one.writes(block.bit(), false));
    }
}
