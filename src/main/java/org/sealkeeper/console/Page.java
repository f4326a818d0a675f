package org.sealkeeper.console;

import org.sealkeeper.policy.PolicyOperation;

/**
 * The pages of the console, in the order of its menu.
 *
 * <p>{@link #CHAINS} is shown to callers that may read some chain; every other page to those that may do the one thing that it is of.
 */
enum Page {
    NOW(
            "now",
            "Now",
            "How the appliance is doing: its health, its tokens, its chains, its log.",
            PolicyOperation.READ_STATUS),
    CHAINS(
            "chains",
            "Chains",
            "Signed blocks, and the record of each. Your browser verifies them.",
            PolicyOperation.READ_CHAIN),
    AUDIT(
            "audit",
            "Audit",
            "Every leaf of the audit log: who did what, and which rule decided.",
            PolicyOperation.READ_AUDIT_LOG),
    KEYS(
            "keys",
            "Keys",
            "Every version of every key, its state, and to whom data keys are released.",
            PolicyOperation.READ_KEYS),
    POLICY("policy", "Policy", "Who may do what, by which rule, and what changed.", PolicyOperation.READ_POLICY),
    EMERGENCIES(
            "emergencies",
            "Emergencies",
            "Who broke the glass, why, and whether it was right.",
            PolicyOperation.READ_EMERGENCIES);

    private static final String ROOT = "/console/";

    private final String name;
    private final String label;
    private final String about;
    private final PolicyOperation operation;

    Page(String name, String label, String about, PolicyOperation operation) {
        this.name = name;
        this.label = label;
        this.about = about;
        this.operation = operation;
    }

    String path() {
        return ROOT + name;
    }

    String label() {
        return label;
    }

    /** In a sentence, what it shows. */
    String about() {
        return about;
    }

    /** What its callers must be allowed to do. */
    PolicyOperation operation() {
        return operation;
    }
}
