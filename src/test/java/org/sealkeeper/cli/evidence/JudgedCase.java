package org.sealkeeper.cli.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sealkeeper.cli.CommandHere;
import org.sealkeeper.evidence.Claim;
import org.sealkeeper.evidence.Evidence;
import org.sealkeeper.evidence.EvidenceJudge;
import org.sealkeeper.merkle.TrustPolicy;
import org.sealkeeper.mirror.CheckpointJudge;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.EvidenceCases.Case;
import org.sealkeeper.verify.PublicKeyFile;
import org.sealkeeper.verify.TrustedKeys;

/** A bundle before the command that judges it. */
public final class JudgedCase {
    private JudgedCase() {}

    /** What its judge says, without reading files and writing lines. */
    public static List<Claim> claims(Case judged) {
        TrustPolicy log = judged.policy().isEmpty()
                ? TrustPolicy.ofLogKeys(judged.vkeys())
                : TrustPolicy.parse(judged.policy().getBytes(UTF_8));
        var signers = TrustedKeys.of(List.of(PublicKeyFile.parse(judged.keys().getBytes(UTF_8))));
        return new EvidenceJudge(new GivenTrust(new CheckpointJudge(log), signers))
                .judge(Evidence.parse(judged.bundle().getBytes(UTF_8)));
    }

    /** What the command says of it. */
    static Command of(Path folder, Case judged) {
        try {
            Files.writeString(folder.resolve("bundle.json"), judged.bundle());
            Files.writeString(folder.resolve("trust.txt"), judged.vkeys() + judged.policy());
            Files.writeString(folder.resolve("jwks.json"), judged.keys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String trust = judged.policy().isEmpty() ? "--vkeys" : "--policy";
        return CommandHere.run(
                folder, "evidence", "verify", "@/bundle.json", trust, "@/trust.txt", "--keys", "@/jwks.json");
    }
}
