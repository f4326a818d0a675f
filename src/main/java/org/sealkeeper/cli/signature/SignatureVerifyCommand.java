package org.sealkeeper.cli.signature;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges one signature: that of a block, or a bare signature over bytes. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper signature verify [--json] [--any-kid] --keys=FILE[,FILE...]",
            "           [--key-states=FILE] (--jws=FILE | --block=FILE)",
            "       sealkeeper signature verify [--json] [--any-kid] --key=FILE",
            "           --algorithm=ALGORITHM --encoding=ENCODING",
            "           (--message=FILE | --message-hex=HEX)",
            "           (--signature=FILE | --signature-hex=HEX)"
        },
        description = {
            "Verify one signature, with nothing but public keys: that of a block, or a bare one over given bytes.",
            "Needs no server, no network and no HSM."
        },
        footer = {
            "",
            "Exit codes: 0 valid, 1 invalid, 2 wrong usage or unreadable input.",
            "",
            "Examples:",
            "  sealkeeper signature verify --keys jwks.json --jws block.jws",
            "  sealkeeper signature verify --keys jwks.json --block block.json",
            "  sealkeeper signature verify --key key.pem --algorithm ES256 \\",
            "      --message report.bin --signature report.sig --encoding der"
        })
final class SignatureVerifyCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    Form form;

    @Option(
            names = "--any-kid",
            description =
                    "Take a key of a JWK Set whose kid is not its RFC 7638 thumbprint. Without it, such a key is ignored.")
    boolean isAnyKid;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        SignatureResult result = form.judge(isAnyKid);
        spec.commandLine().getOut().println(json ? JsonResult.of(result.members()) : result.text());
        return result.valid() ? ExitCode.OK : ExitCode.INVALID;
    }

    /** Exactly one of the two kinds of signature; picocli sees to that. */
    static final class Form {
        @ArgGroup(exclusive = false, heading = "%nA block signature:%n")
        @Nullable
        BlockSignatureOptions block;

        @ArgGroup(exclusive = false, heading = "%nA bare signature:%n")
        @Nullable
        BareSignatureOptions bare;

        SignatureResult judge(boolean isAnyKid) {
            if (block != null) {
                return block.judge(isAnyKid);
            }
            return requireNonNull(bare).judge(isAnyKid);
        }
    }
}
