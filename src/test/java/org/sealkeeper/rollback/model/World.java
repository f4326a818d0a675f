package org.sealkeeper.rollback.model;

import java.util.List;

/**
 * Everything there is at one moment: the token, two places with a store each, two processes that may be anywhere.
 *
 * @param image of a machine, or none yet
 * @param claimed the blocks that were ever claimed
 * @param signed the blocks that the key ever signed
 * @param names how many owners there were
 * @param misfortunes that may still happen
 * @param acceptances of a rollback that may still happen
 */
record World(
        Token token,
        List<Log> stores,
        List<Appliance> appliances,
        List<Image> image,
        int claimed,
        int signed,
        int names,
        int misfortunes,
        int acceptances) {
    /** A machine as it was: its store, and the process on it. */
    record Image(Log store, Appliance appliance) {}

    static World beginning(int misfortunes, int acceptances) {
        return new World(
                Token.EMPTY,
                List.of(Log.EMPTY, Log.EMPTY),
                List.of(Appliance.GONE, Appliance.GONE),
                List.of(),
                0,
                0,
                0,
                misfortunes,
                acceptances);
    }

    boolean breaksThePromise() {
        return Block.hasTwoOfOneHeight(signed);
    }

    Appliance appliance(int slot) {
        return appliances.get(slot);
    }

    Log store(int place) {
        return stores.get(place);
    }

    boolean isServed(int place) {
        return appliances.stream().anyMatch(one -> one.isAlive() && one.place() == place);
    }

    World with(int slot, Appliance one) {
        List<Appliance> changed = slot == 0 ? List.of(one, appliances.get(1)) : List.of(appliances.get(0), one);
        return new World(token, stores, changed, image, claimed, signed, names, misfortunes, acceptances);
    }

    World with(Token changed) {
        return new World(changed, stores, appliances, image, claimed, signed, names, misfortunes, acceptances);
    }

    World withStore(int place, Log log) {
        List<Log> changed = place == 0 ? List.of(log, stores.get(1)) : List.of(stores.get(0), log);
        return new World(token, changed, appliances, image, claimed, signed, names, misfortunes, acceptances);
    }

    World withImage(Image taken) {
        return new World(token, stores, appliances, List.of(taken), claimed, signed, names, misfortunes, acceptances);
    }

    World withClaim(Block block) {
        return new World(
                token, stores, appliances, image, claimed | block.bit(), signed, names, misfortunes, acceptances);
    }

    World withSignatures(int blocks) {
        return new World(token, stores, appliances, image, claimed, signed | blocks, names, misfortunes, acceptances);
    }

    World withAnotherName() {
        return new World(token, stores, appliances, image, claimed, signed, names + 1, misfortunes, acceptances);
    }

    World afterMisfortune() {
        int left = misfortunes - 1;
        return new World(
                token, stores, appliances, left == 0 ? List.of() : image, claimed, signed, names, left, acceptances);
    }

    World afterAcceptance() {
        return new World(token, stores, appliances, image, claimed, signed, names, misfortunes, acceptances - 1);
    }

    /** For the reader of a counterexample. */
    String summary() {
        return "stores " + stores + ", token "
                + token.objects().stream()
                        .map(object -> object.owner() + "." + object.which() + "="
                                + object.text().sequence() + object.text().log())
                        .toList();
    }
}
