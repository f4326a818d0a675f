package org.sealkeeper.rollback.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The records in the token, in the order of their owners: what one look at it shows.
 *
 * @param permits the owners that may write, in their order
 */
record Token(List<TokenObject> objects, List<Integer> permits) {
    static final Token EMPTY = new Token(List.of(), List.of());

    private static final Comparator<TokenObject> ORDER =
            Comparator.comparingInt(TokenObject::owner).thenComparingInt(TokenObject::which);

    /** One of the two objects of an owner. */
    record TokenObject(int owner, int which, Text text) {}

    Optional<Text> text(int owner, int which) {
        for (TokenObject object : objects) {
            if (object.owner == owner && object.which == which) {
                return Optional.of(object.text);
            }
        }
        return Optional.empty();
    }

    Token with(int owner, int which, Text text) {
        var changed = new ArrayList<>(without(owner, which).objects);
        changed.add(new TokenObject(owner, which, text));
        changed.sort(ORDER);
        return new Token(changed, permits);
    }

    Token without(int owner, int which) {
        return only(object -> object.owner != owner || object.which != which);
    }

    Token ofOthersThan(int owner) {
        return only(object -> object.owner != owner);
    }

    private Token only(Predicate<TokenObject> which) {
        return new Token(objects.stream().filter(which).toList(), permits);
    }

    /** Their owners, whatever is in their objects. */
    Token owners() {
        List<TokenObject> owners = objects.stream()
                .map(object -> new TokenObject(object.owner, 0, Text.TORN))
                .distinct()
                .toList();
        return new Token(owners, List.of());
    }

    /** What a look at the records shows: no permits. */
    Token records() {
        return new Token(objects, List.of());
    }

    Token permitting(int owner) {
        return new Token(
                objects,
                Stream.concat(permits.stream(), Stream.of(owner))
                        .distinct()
                        .sorted()
                        .toList());
    }

    Token revoking(int owner) {
        return new Token(
                objects,
                permits.stream().filter(permitted -> permitted != owner).toList());
    }

    boolean isPermitted(int owner) {
        return permits.contains(owner);
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    boolean has(int owner) {
        return objects.stream().anyMatch(object -> object.owner == owner);
    }

    /** Whether there are records, and all that was remembered then is still remembered. */
    boolean covers(Token seen) {
        return !isEmpty()
                && seen.readable()
                        .allMatch(then -> readable().anyMatch(now -> now.log().continues(then.log())));
    }

    Stream<Text> readable() {
        return objects.stream().map(TokenObject::text).filter(Text::isReadable);
    }

    int highestSequence() {
        return objects.stream().mapToInt(object -> object.text.sequence()).max().orElse(0);
    }

    /** Whether its owner has none that was written after it. */
    boolean isNewest(TokenObject object) {
        return text(object.owner, 1 - object.which)
                .filter(other -> other.sequence() > object.text.sequence())
                .isEmpty();
    }

    /** Whether the newest record of an appliance says that it needs the keys, at another place than this. */
    boolean isHeldElsewhere(int place) {
        return objects.stream()
                .anyMatch(object -> object.text.isHeld() && object.text.place() != place && isNewest(object));
    }
}
