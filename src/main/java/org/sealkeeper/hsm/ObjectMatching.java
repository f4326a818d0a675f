package org.sealkeeper.hsm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.sealkeeper.hsm.DeclaredObjects.Leftovers;
import org.sealkeeper.hsm.DeclaredObjects.TrustedRecipient;
import org.sealkeeper.hsm.Finding.Kind;

/** Says of every object in a token what it is, and compares those that are known. */
final class ObjectMatching {
    private final TokenObjects objects;
    /** Those of which it is not yet said. */
    private final List<FoundObject> left;

    private final List<Finding> findings = new ArrayList<>();

    ObjectMatching(TokenObjects objects) {
        this.objects = objects;
        this.left = FoundObject.all(objects);
    }

    List<Finding> findings(List<DeclaredObjects> declared) {
        SequencedMap<DeclaredObjects, SequencedMap<ExpectedObject, List<FoundObject>>> matched = new LinkedHashMap<>();
        declared.forEach(thing -> matched.put(thing, byId(thing)));
        // Only now: what has the CKA_ID of another is that other, whatever its label says.
        matched.values().forEach(this::addByLabel);
        matched.forEach(this::compare);
        declared.forEach(thing -> {
            if (thing instanceof Leftovers leftovers) {
                tellOrphans(leftovers);
            }
        });
        compareRecords();
        left.forEach(object -> findings.add(
                object.isCutOff()
                        ? Finding.of(Kind.ORPHAN, object.name() + ", whose making was cut off")
                        : Finding.of(Kind.UNKNOWN, object.name())));
        return List.copyOf(findings);
    }

    private SequencedMap<ExpectedObject, List<FoundObject>> byId(DeclaredObjects declared) {
        SequencedMap<ExpectedObject, List<FoundObject>> matched = new LinkedHashMap<>();
        for (ExpectedObject expected : ExpectedObject.of(declared)) {
            List<FoundObject> found = left.stream().filter(expected::isIdOf).toList();
            left.removeAll(found);
            matched.put(expected, found);
        }
        return matched;
    }

    private void addByLabel(SequencedMap<ExpectedObject, List<FoundObject>> matched) {
        matched.replaceAll((expected, found) -> {
            List<FoundObject> candidates =
                    found.isEmpty() ? left.stream().filter(expected::isLabelOf).toList() : List.of();
            if (candidates.size() != 1) {
                return found;
            }
            left.removeAll(candidates);
            return candidates;
        });
    }

    private void compare(DeclaredObjects declared, SequencedMap<ExpectedObject, List<FoundObject>> matched) {
        boolean isAllMissing = matched.values().stream().allMatch(List::isEmpty);
        if (isAllMissing) {
            if (isRequired(declared)) {
                findings.add(Finding.of(Kind.MISSING, declared.name()));
            }
            return;
        }
        matched.forEach((expected, found) -> {
            if (found.isEmpty()) {
                findings.add(Finding.of(Kind.UNPAIRED, expected.name()));
            }
            found.forEach(object -> compare(expected, object));
            if (found.size() > 1) {
                found.forEach(object -> findings.add(Finding.of(Kind.SURPLUS, object.name())));
            }
        });
    }

    private static boolean isRequired(DeclaredObjects declared) {
        return switch (declared) {
            case TrustedRecipient recipient -> recipient.isRequired();
            case Leftovers _ -> false;
            case DeclaredObjects.SigningPair _, DeclaredObjects.KeyEncryption _, DeclaredObjects.TransitPair _ -> true;
        };
    }

    private void compare(ExpectedObject expected, FoundObject found) {
        List<Deviation> deviations = new ArrayList<>();
        expected.compare(new ObjectCheck(objects, found.handle(), expected.name(), deviations));
        deviations.forEach(deviation -> findings.add(Finding.differs(expected.name(), deviation)));
    }

    private void tellOrphans(Leftovers leftovers) {
        List<FoundObject> found = left.stream()
                .filter(object -> object.id().equals(leftovers.id()))
                .toList();
        left.removeAll(found);
        found.forEach(object -> findings.add(Finding.of(Kind.ORPHAN, object.name() + ", of " + leftovers.name())));
    }

    /** The appliance beside us makes and destroys them: one that is gone is none. */
    private void compareRecords() {
        for (FoundObject object : List.copyOf(left)) {
            Optional<RecordCheck> check = RecordCheck.of(object);
            if (check.isPresent()) {
                left.remove(object);
                try {
                    List<Deviation> deviations = new ArrayList<>();
                    check.get().compare(new ObjectCheck(objects, object.handle(), object.name(), deviations));
                    deviations.forEach(deviation -> findings.add(Finding.differs(object.name(), deviation)));
                } catch (HsmFault fault) {
                    if (!fault.isOfMissingObject()) {
                        throw fault;
                    }
                }
            }
        }
    }
}
