package org.sealkeeper.rollback.model;

import org.sealkeeper.rollback.model.World.Image;

/** Misfortunes. A backup is whatever a store was since one was brought back to it; of a machine there is one image. */
record Harm(Protocol protocol, World world, Reached reached) {
    private static final int NO_APPLIANCE = -1;

    void steps() {
        for (int slot = 0; slot < 2; slot++) {
            Appliance one = world.appliance(slot);
            if (one.isAlive() && protocol.mayHappen(Misfortune.CRASH, world)) {
                reached.reached("is killed", slot, world.afterMisfortune().with(slot, Appliance.GONE));
            }
            if (one.isAlive() && world.image().isEmpty() && protocol.mayHappen(turningBackTo(one), world)) {
                var image = new Image(world.store(one.place()), one);
                reached.reached("has an image taken of its machine", slot, world.withImage(image));
            }
        }
        for (int place = 0; place < 2; place++) {
            stores(place);
        }
        if (world.misfortunes() > 0) {
            world.image().forEach(this::turnBack);
        }
    }

    private static Misfortune turningBackTo(Appliance one) {
        return one.phase() == Phase.WRITE
                ? Misfortune.MACHINE_TURNED_BACK_INTO_A_WRITE
                : Misfortune.MACHINE_TURNED_BACK;
    }

    private void stores(int place) {
        Log store = world.store(place);
        if (protocol.mayHappen(Misfortune.BACKUP_BROUGHT_BACK, world)) {
            for (Log older = store; !older.isEmpty(); older = older.before()) {
                World next = world.afterMisfortune().withStore(place, older.before());
                reached.reached("a backup is brought back to place " + place, NO_APPLIANCE, next);
            }
        }
        if (protocol.mayHappen(Misfortune.STORE_COPIED, world) && !store.equals(world.store(1 - place))) {
            World next = world.afterMisfortune().withStore(1 - place, store);
            reached.reached("the store of place " + place + " is copied over the other", NO_APPLIANCE, next);
        }
    }

    /** Whatever is on the machine now ends; the other process is on another machine. */
    private void turnBack(Image image) {
        int place = image.appliance().place();
        World next = world.afterMisfortune().withStore(place, image.store());
        int slot = world.appliance(0).isAlive() && world.appliance(0).place() != place ? 1 : 0;
        Appliance other = world.appliance(1 - slot);
        if (other.isAlive() && other.place() == place) {
            next = next.with(1 - slot, Appliance.GONE);
        }
        reached.reached("a machine is turned back", slot, next.with(slot, image.appliance()));
    }
}
