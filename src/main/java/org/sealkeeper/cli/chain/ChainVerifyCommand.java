package org.sealkeeper.cli.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.ProgressStream;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.ledger.verification.Anchor;
import org.sealkeeper.ledger.verification.ChainExpectation;
import org.sealkeeper.ledger.verification.ChainVerdict;
import org.sealkeeper.ledger.verification.ChainVerifier;
import org.sealkeeper.verify.KeyStates;
import org.sealkeeper.verify.TrustedKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a file of signed blocks as an auditor does: with public keys alone. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper chain verify [--json] --keys=FILE[,FILE...] [--chain=NAME]",
            "           [--key-states=FILE] [--head=HASH] [--anchor=HEIGHT:HASH]",
            "           [--sequence=KIND] FILE"
        },
        description = {
            "Verify every signature and every link of a chain, with nothing but public keys.",
            "Needs no server, no network and no HSM. Prints the first failure with its height and reason.",
            "A chain whose newest blocks were cut off is found only with --head."
        },
        footer = {
            "",
            "Exit codes: 0 valid, 1 invalid, 2 wrong usage or unreadable input.",
            "",
            "Example:",
            "  sealkeeper chain verify --keys jwks.json --chain lab-a blocks.ndjson"
        })
final class ChainVerifyCommand implements Callable<Integer> {
    @Option(
            names = "--keys",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "The keys to trust: JWK Sets, PEM public keys or PEM certificates.")
    List<Path> keys;

    @Option(
            names = "--key-states",
            paramLabel = "FILE",
            description = "Which keys are compromised: 'keys export --format states'. A block that such a key signed is"
                    + " invalid here; 'audit verify --blocks' tells by the log which of them were signed before.")
    Optional<Path> keyStates = Optional.empty();

    @Option(names = "--chain", paramLabel = "NAME", description = "The chain the file must hold.")
    Optional<ChainName> chain = Optional.empty();

    @Option(names = "--head", paramLabel = "HASH", description = "The hash of the newest block.")
    Optional<BlockHash> head = Optional.empty();

    @Option(
            names = "--anchor",
            paramLabel = "HEIGHT:HASH",
            description = "The block just below the first one of the file. Default: the file begins at genesis.")
    Optional<Anchor> anchor = Optional.empty();

    @Option(
            names = "--sequence",
            paramLabel = "KIND",
            defaultValue = "contiguous",
            description = "contiguous (every height; the default) or increasing (heights only rise).")
    Sequence sequence;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Parameters(paramLabel = "FILE", description = "Signed blocks, one JSON object a line; - is standard input.")
    Path file;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        TrustedKeys trusted =
                InputFile.trusted(keys).in(keyStates.map(InputFile::keyStates).orElse(KeyStates.NONE));
        var verifier = new ChainVerifier(trusted, new ChainExpectation(chain, anchor, sequence, head));
        PrintWriter out = spec.commandLine().getOut();
        return switch (verdict(verifier)) {
            case ChainVerdict.Valid valid -> {
                out.println(json ? json(valid) : text(valid));
                yield ExitCode.OK;
            }
            case ChainVerdict.Invalid invalid -> {
                out.println(json ? json(invalid) : text(invalid));
                yield ExitCode.INVALID;
            }
            case ChainVerdict.Malformed malformed -> throw InputFile.malformed(file, malformed);
        };
    }

    private ChainVerdict verdict(ChainVerifier verifier) {
        try (InputStream blocks =
                new ProgressStream(InputFile.open(file), spec.commandLine().getErr(), System::nanoTime)) {
            return verifier.verify(blocks);
        } catch (UncheckedIOException e) {
            throw FileFailure.unreadable(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw FileFailure.unreadable(file, e);
        }
    }

    private static String text(ChainVerdict.Valid valid) {
        return "chain %s: %s, heights %s..%s, %s, head %s: valid"
                .formatted(
                        valid.chain(),
                        counted(valid.blocks(), "block"),
                        valid.first(),
                        valid.last(),
                        counted(valid.keys().size(), "key"),
                        valid.head());
    }

    private String text(ChainVerdict.Invalid invalid) {
        String height = invalid.height().map(claimed -> ", height " + claimed).orElse("");
        return file + ": line " + invalid.line() + height + ": " + invalid.reason() + ": invalid";
    }

    private static String json(ChainVerdict.Valid valid) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", true);
        members.put("chain", valid.chain());
        members.put("blocks", valid.blocks());
        members.put("firstHeight", valid.first().value());
        members.put("lastHeight", valid.last().value());
        members.put("keys", valid.keys());
        members.put("head", valid.head());
        return JsonResult.of(members);
    }

    private static String json(ChainVerdict.Invalid invalid) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", false);
        members.put("line", invalid.line());
        invalid.height().ifPresent(height -> members.put("height", height.value()));
        members.put("reason", invalid.reason());
        return JsonResult.of(members);
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
