package org.sealkeeper.keys.planning;

import java.util.List;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.provisioning.Change;

/**
 * What is to be done about one thing that is declared, or that the store knows.
 *
 * @param name how messages call it
 * @param tokens in which
 * @param advice what does it, or what it means that nothing is done
 * @param changes what a request asks for that has it done, in order; none where it is done without one, or nothing is
 */
public record PlannedStep(Action action, String name, List<TokenLabel> tokens, String advice, List<Change> changes) {
    public PlannedStep {
        tokens = List.copyOf(tokens);
        changes = List.copyOf(changes);
    }

    /** One that no request asks for. */
    public PlannedStep(Action action, String name, List<TokenLabel> tokens, String advice) {
        this(action, name, tokens, advice, List.of());
    }

    /** This step, done by these changes. */
    public PlannedStep by(Change... made) {
        return new PlannedStep(action, name, tokens, advice, List.of(made));
    }

    /** What is to be done. */
    public enum Action {
        /** It is there. */
        NOTHING("nothing"),
        /** It is declared and missing. */
        CREATE("create"),
        /** A run that made, changed or destroyed it was interrupted. */
        FINISH("finish"),
        /** Its active version is not in the tokens that are declared, or its cryptoperiod has ended. */
        ROTATE("rotate"),
        /** A version of it is prepared that is to be active. */
        ACTIVATE("activate"),
        /** It signs beside the version that is declared. */
        DEACTIVATE("deactivate"),
        /** It is to have a certificate of an authority, and has none, or one that ends soon. */
        CERTIFY("certify"),
        /** Data keys are to be released to it. */
        ENROLL("enroll"),
        /** It is not declared any more, and nothing is to be released to it. */
        RETIRE("retire"),
        /** Others are declared. */
        CHANGE("change"),
        /** It signs no more, and its declaration has it destroyed then. */
        DESTROY("destroy"),
        /** It is not declared any more; it stays. */
        KEEP("keep");

        private final String text;

        Action(String text) {
            this.text = text;
        }

        /** How commands call it. */
        public String text() {
            return text;
        }
    }

    /** Whether something is to be done at all. */
    public boolean isChange() {
        return switch (action) {
            case NOTHING, KEEP -> false;
            case CREATE, FINISH, ROTATE, ACTIVATE, DEACTIVATE, CERTIFY, ENROLL, RETIRE, CHANGE, DESTROY -> true;
        };
    }
}
