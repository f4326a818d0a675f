package org.sealkeeper.rollback.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Goes through every world that can be reached, the nearest first. */
final class Exploration {
    private final Protocol protocol;
    private final World beginning;
    private final Fingerprint fingerprint;
    private final Visited visited = new Visited();

    /** How many worlds there are, and the shortest way to one that breaks the promise. */
    record Outcome(int worlds, Optional<List<String>> counterexample) {}

    Exploration(Protocol protocol, World beginning) {
        this.protocol = protocol;
        this.beginning = beginning;
        this.fingerprint = new Fingerprint(protocol.has(Guard.JUDGE_ALL_RECORDS));
    }

    Outcome explore() {
        Deque<World> open = new ArrayDeque<>();
        List<World> broken = new ArrayList<>();
        visited.add(fingerprint.of(beginning), 0);
        open.add(beginning);
        while (!open.isEmpty() && broken.isEmpty()) {
            World world = open.remove();
            long origin = fingerprint.of(world);
            protocol.stepsFrom(world, (step, slot, next) -> {
                if (visited.add(fingerprint.of(next), origin)) {
                    (next.breaksThePromise() ? broken : open).add(next);
                }
            });
        }
        return new Outcome(visited.size(), broken.stream().findFirst().map(this::way));
    }

    /** Goes from the beginning once more, along the fingerprints. */
    private List<String> way(World end) {
        Deque<Long> fingerprints = new ArrayDeque<>();
        for (long at = fingerprint.of(end); at != 0; at = visited.origin(at)) {
            fingerprints.push(at);
        }
        fingerprints.pop();
        List<String> way = new ArrayList<>();
        List<World> at = new ArrayList<>(List.of(beginning));
        for (long wanted : fingerprints) {
            World from = at.removeLast();
            protocol.stepsFrom(from, (step, slot, next) -> {
                if (at.isEmpty() && fingerprint.of(next) == wanted) {
                    at.add(next);
                    way.add((slot < 0 ? "" : "process " + slot + " ") + step + "; " + next.summary());
                }
            });
        }
        return way;
    }
}
