package org.sealkeeper.assessment;

/** What a finding touches: a safeguard of 45 CFR part 164, or a section of NIST SP 800-57 part 1. */
public enum Safeguard {
    RISK_MANAGEMENT("45 CFR 164.308(a)(1)(ii)(B)", "risk management"),
    ACTIVITY_REVIEW("45 CFR 164.308(a)(1)(ii)(D)", "information system activity review"),
    INFORMATION_ACCESS("45 CFR 164.308(a)(4)", "information access management"),
    MALICIOUS_SOFTWARE("45 CFR 164.308(a)(5)(ii)(B)", "protection from malicious software"),
    PASSWORDS("45 CFR 164.308(a)(5)(ii)(D)", "password management"),
    INCIDENTS("45 CFR 164.308(a)(6)(ii)", "response and reporting"),
    BACKUP("45 CFR 164.308(a)(7)(ii)(A)", "data backup plan"),
    RECOVERY("45 CFR 164.308(a)(7)(ii)(B)", "disaster recovery plan"),
    ACCESS_CONTROL("45 CFR 164.312(a)(1)", "access control"),
    EMERGENCY_ACCESS("45 CFR 164.312(a)(2)(ii)", "emergency access procedure"),
    AUDIT_CONTROLS("45 CFR 164.312(b)", "audit controls"),
    INTEGRITY("45 CFR 164.312(c)(1)", "integrity"),
    AUTHENTICATION("45 CFR 164.312(d)", "person or entity authentication"),
    TRANSMISSION("45 CFR 164.312(e)(1)", "transmission security"),
    CRYPTOPERIODS("NIST SP 800-57 part 1, section 5.3", "cryptoperiods"),
    KEY_STATES("NIST SP 800-57 part 1, section 7", "key states and transitions");

    private final String clause;
    private final String title;

    Safeguard(String clause, String title) {
        this.clause = clause;
        this.title = title;
    }

    /** Where it is written. */
    public String clause() {
        return clause;
    }

    /** What it is called there. */
    public String title() {
        return title;
    }
}
