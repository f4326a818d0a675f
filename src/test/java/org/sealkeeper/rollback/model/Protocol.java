package org.sealkeeper.rollback.model;

import java.util.Set;

/**
 * The steps that a world may take.
 *
 * @param missing guards that are taken out
 * @param misfortunes what may happen
 * @param processes that may be there at a time, 1 or 2
 * @param highest height that is asked for
 */
record Protocol(Set<Guard> missing, Set<Misfortune> misfortunes, int processes, int highest) {
    boolean has(Guard guard) {
        return !missing.contains(guard);
    }

    boolean mayHappen(Misfortune misfortune, World world) {
        return world.misfortunes() > 0 && misfortunes.contains(misfortune);
    }

    void stepsFrom(World world, Reached reached) {
        for (int slot = 0; slot < processes; slot++) {
            Appliance one = world.appliance(slot);
            if (one.isAlive()) {
                new Starting(this, world, slot, reached).step();
                new Serving(this, world, slot, reached).step();
                new Writing(this, world, slot, reached).step();
            } else {
                startFrom(world, slot, reached);
            }
        }
        new Harm(this, world, reached).steps();
    }

    private void startFrom(World world, int slot, Reached reached) {
        if (slot == 1 && !world.appliance(0).isAlive()) {
            return; // it makes no difference which one is started first
        }
        for (int place = 0; place < 2; place++) {
            if (has(Guard.SERVING_LOCK) && world.isServed(place)) {
                continue;
            }
            reached.reached("starts at place " + place, slot, world.with(slot, Appliance.started(place, false)));
            if (world.acceptances() > 0) {
                reached.reached(
                        "runs accept-rollback at place " + place,
                        slot,
                        world.with(slot, Appliance.started(place, true)));
            }
        }
    }
}
