package org.sealkeeper.assessment;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * One question of an assessor. Pure: it judges what was seen, at a moment that it is told, and looks at nothing itself.
 *
 * @param id of its findings
 * @param touches the safeguard that is weaker where the answer is bad
 */
public record Check<T>(String id, Safeguard touches, Look<T> look) {

    /** What there is to say of what was seen: one answer or more. */
    @FunctionalInterface
    public interface Look<T> {
        Stream<Answer> at(T seen, Instant now);
    }

    /** What came out, about which of several things. */
    public record Answer(String about, Outcome outcome) {}

    Stream<Finding> findings(T seen, Instant now) {
        return look.at(seen, now).map(answer -> new Finding(id, answer.about(), touches, answer.outcome()));
    }

    Finding unchecked(String about, String why) {
        return new Finding(id, about, touches, new Outcome.Unchecked(why));
    }

    static Answer right(String about, String found) {
        return new Answer(about, new Outcome.Right(found));
    }

    static Answer weak(String about, Severity severity, String expected, String found, String remedy) {
        return new Answer(about, new Outcome.Weak(severity, expected, found, remedy));
    }
}
