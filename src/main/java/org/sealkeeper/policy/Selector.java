package org.sealkeeper.policy;

import java.util.Set;

/** What a rule can be narrowed to, each by a field of its own. */
enum Selector {
    CHAINS("chains", "on chains") {
        @Override
        boolean isAbout(PolicyOperation operation) {
            return operation.resource() == ResourceKind.CHAIN;
        }
    },
    KEYS("keys", "on keys") {
        @Override
        boolean isAbout(PolicyOperation operation) {
            return operation.resource() == ResourceKind.KEY;
        }
    },
    PURPOSES("purposes", "that state a purpose") {
        @Override
        boolean isAbout(PolicyOperation operation) {
            return operation.hasPurpose();
        }
    };

    final String field;
    private final String which;

    Selector(String field, String which) {
        this.field = field;
        this.which = which;
    }

    abstract boolean isAbout(PolicyOperation operation);

    boolean isAboutAnyOf(Set<PolicyOperation> operations) {
        return operations.stream().anyMatch(this::isAbout);
    }

    String expected() {
        return "expected '" + field + "': this grant has operations " + which + " and must name them";
    }

    String unexpected() {
        return "expected no '" + field + "': none of the operations is one of those " + which;
    }
}
