package org.sealkeeper.assessment;

import org.sealkeeper.assessment.Outcome.OutOfSight;
import org.sealkeeper.assessment.Outcome.Right;
import org.sealkeeper.assessment.Outcome.Unchecked;
import org.sealkeeper.assessment.Outcome.Weak;

/**
 * What is said of one thing.
 *
 * @param id of the check; it never changes its meaning, so that scripts can name it
 * @param about which of several things, such as a file or a key
 */
public record Finding(String id, String about, Safeguard touches, Outcome outcome) {

    /** Whether it is to be put right, or looked into, where this much matters. */
    public boolean reaches(Severity minimum) {
        return switch (outcome) {
            case Weak weak -> weak.severity().reaches(minimum);
            case Unchecked _ -> true;
            case Right _, OutOfSight _ -> false;
        };
    }

    /** What comes first in a report: the gravest weaknesses, what may hide one, and last what is right. */
    int rank() {
        return switch (outcome) {
            case Weak weak ->
                switch (weak.severity()) {
                    case HIGH -> 0;
                    case MEDIUM -> 2;
                    case LOW -> 3;
                };
            case Unchecked _ -> 1;
            case OutOfSight _ -> 4;
            case Right _ -> 5;
        };
    }
}
