package org.sealkeeper.testing;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.TokenProfile;
import org.sealkeeper.kernel.TokenLabel;

/** A security officer at work beside a service that is logged in, which takes a process of his own. */
public final class OfficerProcess {
    private OfficerProcess() {}

    /** Has the token trust the recipient. */
    public static void trust(SoftHsmToken token, RecipientKey recipient) {
        run(token, recipient, "trust");
    }

    /** Has the token forget the recipient. */
    public static void distrust(SoftHsmToken token, RecipientKey recipient) {
        run(token, recipient, "distrust");
    }

    private static void run(SoftHsmToken token, RecipientKey recipient, String what) {
        JavaProcess.Result result = JavaProcess.run(
                Map.of(),
                OfficerProcess.class.getName(),
                List.of(
                        token.profile().toString(),
                        token.label().value(),
                        token.soPin().toString(),
                        what,
                        Base64.getEncoder().encodeToString(recipient.spki())));
        if (result.exitCode() != 0) {
            throw new AssertionError(result.err());
        }
    }

    /** What that process does: profile, token label, PIN file, trust or distrust, base64 of the SubjectPublicKeyInfo. */
    public static void main(String[] arguments) {
        var recipient = new RecipientKey(Base64.getDecoder().decode(arguments[4]));
        try (var officer = SecurityOfficer.open(
                TokenProfile.read(Path.of(arguments[0])), new TokenLabel(arguments[1]), Path.of(arguments[2]))) {
            if (arguments[3].equals("trust")) {
                boolean _ = officer.trust(recipient, "recipient-test");
            } else {
                int _ = officer.distrust(recipient);
            }
        }
    }
}
