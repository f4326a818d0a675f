package org.sealkeeper.cli.evidence;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.ProvenLeaf;
import org.sealkeeper.cli.audit.LeafText;
import org.sealkeeper.cli.audit.TrustOptions;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.evidence.Claim;
import org.sealkeeper.evidence.Evidence;
import org.sealkeeper.evidence.EvidenceJudge;
import org.sealkeeper.verify.TrustedKeys;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a bundle offline. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Judge a bundle offline: each of its claims, true or false, and from what that follows. What is trusted are the keys that you",
            "give, never what the bundle says: those of the log and its witnesses, and those that sign blocks.",
            "A claim that cannot be judged with them is unknown."
        },
        footer = {
            "",
            "Exit codes: 0 what it is about follows from what is trusted, and no claim is false, 1 it does not, 2 wrong usage or",
            "unreadable input.",
            "",
            "Example:",
            "  sealkeeper evidence verify block-12.evidence.json --vkeys audit.vkeys --keys jwks.json"
        })
final class EvidenceVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The bundle.")
    Path file;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "FILE",
            description =
                    "The keys that sign blocks: JWK Sets, PEM public keys or PEM certificates; for a bundle about a block.")
    List<Path> keys = List.of();

    @Option(names = "--json", description = "Print one JSON object for each claim, and one for the whole.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Evidence evidence = read();
        if (evidence.about() == Evidence.About.BLOCK && keys.isEmpty()) {
            throw new ConfigurationFault("expected the keys that sign blocks in --keys, for a bundle about a block");
        }
        TrustedKeys signers = InputFile.trusted(keys);
        List<Claim> claims = judged(evidence, new EvidenceJudge(new GivenTrust(trust.judge(), signers)));
        boolean holds = EvidenceJudge.holds(evidence, claims);
        tell(evidence, claims, holds);
        return holds ? ExitCode.OK : ExitCode.INVALID;
    }

    private Evidence read() {
        try {
            return Evidence.parse(InputFile.bytes(file, Evidence.MAX_BYTES));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": not a bundle of evidence: " + e.getMessage(), e);
        }
    }

    private List<Claim> judged(Evidence evidence, EvidenceJudge judge) {
        try {
            return judge.judge(evidence);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": not a bundle of evidence: " + e.getMessage(), e);
        }
    }

    private void tell(Evidence evidence, List<Claim> claims, boolean holds) {
        PrintWriter out = spec.commandLine().getOut();
        ProvenLeaf subject = evidence.about() == Evidence.About.KEY
                ? evidence.history().getLast()
                : evidence.leaves().getLast();
        if (json) {
            out.println("{\"leaf\":" + subject.entry() + "}");
        } else {
            out.println("it says: " + LeafText.line(subject.leaf()));
        }
        for (Claim claim : claims) {
            String verdict = claim.verdict().name().toLowerCase(Locale.ROOT);
            if (json) {
                var members = new LinkedHashMap<String, Object>();
                members.put("claim", claim.name());
                members.put("verdict", verdict);
                members.put("why", claim.why());
                out.println(JsonResult.of(members));
            } else {
                // Another party chose what it says: it does not move the cursor of a terminal.
                out.printf("%-8s %s: %s%n", verdict, claim.name(), claim.why().replaceAll("\\p{C}", "?"));
            }
        }
        String about = evidence.about().text();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("about", about);
            members.put("valid", holds);
            out.println(JsonResult.of(members));
        } else {
            out.println((holds ? "VALID" : "INVALID") + ": evidence about a " + about);
        }
        out.flush();
    }
}
