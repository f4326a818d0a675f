package org.sealkeeper.assessment;

import java.util.List;

/** What no assessment on the appliance's own machine can see. It is said each time, so that what is missing here is not taken for right. */
public final class OutOfReach {
    /** All of it. */
    public static final List<Finding> FINDINGS = List.of(
            finding(
                    "client-certificates",
                    "callers' certificates",
                    Safeguard.AUTHENTICATION,
                    "callers bring their certificates; the policy has names, and no ends",
                    "ask the authority that issues them which are in use, and when they end"),
            finding(
                    "pin-officer",
                    "security officer's PIN",
                    Safeguard.PASSWORDS,
                    "the appliance does not know it: whether it is kept elsewhere, as it should be, or equals the user PIN",
                    "ask those who keep it"),
            finding(
                    "store-backup",
                    "backups of the store",
                    Safeguard.BACKUP,
                    "copies of the store lie elsewhere, and leave no trace here",
                    "look where they are kept, and run the drill of docs/operations/backup.md"),
            finding(
                    "known-vulnerabilities",
                    "libraries",
                    Safeguard.MALICIOUS_SOFTWARE,
                    "which of them has a weakness that became known since is asked of no server; the build refuses those"
                            + " below dependency-floor.xml",
                    "give the file of --bom to a scanner"));

    /** Where no file says where tokens that are programs lie. */
    public static final Finding TOKEN_FOLDER = finding(
            "token-folder",
            "folder of the token",
            Safeguard.ACCESS_CONTROL,
            "SOFTHSM2_CONF does not say where the token's files lie, if it has any",
            "assess with the environment of the appliance; of another token, ask its maker's tools");

    private OutOfReach() {}

    private static Finding finding(String id, String about, Safeguard touches, String why, String ask) {
        return new Finding(id, about, touches, new Outcome.OutOfSight(why, ask));
    }
}
