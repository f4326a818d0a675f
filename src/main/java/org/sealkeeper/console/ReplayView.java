package org.sealkeeper.console;

import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.gate.DecisionReplay;
import org.sealkeeper.policy.Verdict;
import org.sealkeeper.store.Store;

/**
 * A decision made again under the policy of then.
 *
 * @param tone the class of its style
 */
record ReplayView(String tone, String text) {

    static ReplayView of(Store store, long leaf) {
        try {
            DecisionReplay replay = DecisionReplay.of(store, leaf);
            return replay.agrees()
                    ? new ReplayView(
                            "good",
                            "The policy " + replay.policy() + " decides the same again: " + words(replay.repeated()))
                    : new ReplayView(
                            "bad",
                            "The policy " + replay.policy() + " decides otherwise: " + words(replay.repeated())
                                    + "; the leaf says " + words(replay.recorded()));
        } catch (ConfigurationFault cannot) {
            return new ReplayView("none", String.valueOf(cannot.getMessage()));
        }
    }

    private static String words(Verdict verdict) {
        return (verdict.isAllowed() ? "allowed by " : "denied by ") + verdict.rule();
    }
}
