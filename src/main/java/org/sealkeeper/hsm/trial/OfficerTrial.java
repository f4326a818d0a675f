package org.sealkeeper.hsm.trial;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.trial.Trial.Verdict;

/** What takes the security officer: that a key which it makes is trusted. Blocks. */
public final class OfficerTrial {
    /** What is tried. */
    public static final String PROMISE = "the security officer alone makes trusted keys";

    private static final int BITS = 3072;

    private OfficerTrial() {}

    /** That the user cannot is among the attempts of {@link TokenTrials}. */
    static Trial notTried() {
        return new Trial(
                PROMISE,
                Verdict.NOT_TRIED,
                "that the user cannot is among the attempts; that the officer can is tried with --so-pin-file");
    }

    /** Has the officer make a trusted key of a recipient that there is not, and destroys it. */
    public static Trial of(SecurityOfficer officer) {
        RecipientKey key = newKey();
        Trial trial = made(officer, key);
        try {
            int _ = officer.distrust(key);
            return trial;
        } catch (HsmFault fault) {
            return new Trial(PROMISE, Verdict.UNKNOWN, "it could not be destroyed again: " + fault.getMessage());
        }
    }

    private static Trial made(SecurityOfficer officer, RecipientKey key) {
        try {
            boolean _ = officer.trust(key, TokenTrials.LABEL);
            return new Trial(PROMISE, Verdict.KEPT, "it made one, and the token shows it as trusted");
        } catch (HsmFault fault) {
            Verdict verdict = fault.isOutage() ? Verdict.UNKNOWN : Verdict.BROKEN;
            return new Trial(PROMISE, verdict, String.valueOf(fault.getMessage()));
        } catch (ConfigurationFault fault) {
            return new Trial(PROMISE, Verdict.BROKEN, String.valueOf(fault.getMessage()));
        }
    }

    private static RecipientKey newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new RecipientKey(generator.generateKeyPair().getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
