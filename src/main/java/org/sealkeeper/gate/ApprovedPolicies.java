package org.sealkeeper.gate;

import java.nio.file.Path;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.policy.Policy;
import org.sealkeeper.store.Store;

/** Which policies may be in force: all, or under officers those that they approved. Room {@code ceremony} writes both tables. */
record ApprovedPolicies(Store store) {

    /**
     * The policy itself.
     *
     * @param file for the message
     * @throws ConfigurationFault if there are officers, and they did not approve it
     */
    Policy require(Path file, Policy policy) {
        if (hasOfficers() && !isApproved(policy.digest())) {
            throw new ConfigurationFault(
                    file + ": expected a policy that officers approved, found SHA-256 "
                            + policy.digest()
                            + ": run 'sealkeeper policy approve --request', and 'sealkeeper ceremony execute' once it is approved");
        }
        return policy;
    }

    private boolean hasOfficers() {
        return store.read(rows -> rows.first("SELECT number FROM officers LIMIT 1", row -> row.getLong("number")))
                .isPresent();
    }

    private boolean isApproved(String digest) {
        return store.read(rows -> rows.first(
                        "SELECT digest FROM approved_policy WHERE digest = ?", row -> row.getString("digest"), digest))
                .isPresent();
    }
}
