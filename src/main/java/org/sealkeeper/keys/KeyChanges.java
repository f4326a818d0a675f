package org.sealkeeper.keys;

import java.util.List;

/**
 * Has an appliance follow what commands change in its catalogue of signing keys: without a restart, and without a failed request. Used by one
 * thread.
 */
public final class KeyChanges {
    /** How often the other appliances of a database look for keys until all of them know a new one, one that has just begun included. */
    private static final int LOOKS_OF_OTHERS = 2;

    private final KeyCatalogue catalogue;
    private final KeyRing ring;
    private final PublishedKeys published;
    private List<String> taken = List.of();
    private int looksToWait;

    public KeyChanges(KeyCatalogue catalogue, KeyRing ring, PublishedKeys published) {
        this.catalogue = catalogue;
        this.ring = ring;
        this.published = published;
    }

    /** Takes what changed since the last look; once a second. What is new is published first, and used once all others must know it. */
    public void look() {
        List<String> marks = catalogue.marks();
        if (marks.equals(taken)) {
            return;
        }
        List<CataloguedKey> keys = catalogue.keys();
        if (published.publish(keys)) {
            looksToWait = LOOKS_OF_OTHERS;
        } else if (looksToWait > 0) {
            looksToWait--;
        }
        if (looksToWait == 0 && ring.take(keys)) {
            taken = marks;
        }
    }
}
