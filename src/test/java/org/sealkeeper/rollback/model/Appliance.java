package org.sealkeeper.rollback.model;

/**
 * A process, and what it has in its memory.
 *
 * @param isCommand whether it is accept-rollback and not an appliance
 * @param place of its store
 * @param owner its name in the token; 0 before it has one
 * @param recall what it saw in the token when it began
 * @param memory what it wrote to its store
 * @param claimed the blocks that the write of the token which is under way is about
 * @param ends whether it gives up the keys with its next write
 */
record Appliance(
        Phase phase,
        boolean isCommand,
        int place,
        int owner,
        Token recall,
        Log memory,
        OwnTexts own,
        int claimed,
        boolean ends) {
    static final Appliance GONE =
            new Appliance(Phase.GONE, false, 0, 0, Token.EMPTY, Log.EMPTY, OwnTexts.NONE, 0, false);

    static Appliance started(int place, boolean isCommand) {
        return new Appliance(Phase.RECALL, isCommand, place, 0, Token.EMPTY, Log.EMPTY, OwnTexts.NONE, 0, false);
    }

    boolean isAlive() {
        return phase != Phase.GONE;
    }

    Appliance now(Phase next) {
        return new Appliance(next, isCommand, place, owner, recall, memory, own, claimed, ends);
    }

    Appliance recalls(Token seen, Phase next) {
        return new Appliance(next, isCommand, place, owner, seen, memory, own, claimed, ends);
    }

    Appliance remembers(Log written, Phase next) {
        return new Appliance(next, isCommand, place, owner, recall, written, own, claimed, ends);
    }

    Appliance named(int name) {
        return new Appliance(phase, isCommand, place, name, recall, memory, own, claimed, ends);
    }

    Appliance owns(OwnTexts texts, Phase next) {
        return new Appliance(next, isCommand, place, owner, recall, memory, texts, claimed, ends);
    }

    /** Begins a write of the token. What it saw when it was started does not matter any more. */
    Appliance writes(int about, boolean last) {
        return new Appliance(Phase.COMPARE_OWN, isCommand, place, owner, Token.EMPTY, memory, own, about, last);
    }

    /** A write of the token has ended. */
    Appliance serves(OwnTexts texts) {
        return new Appliance(Phase.SERVE, isCommand, place, owner, recall, memory, texts, 0, false);
    }
}
