package org.sealkeeper.cli.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.cli.console.ProgressStream;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.config.FileFailure;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.ledger.Sequence;
import org.sealkeeper.ledger.verification.ChainExpectation;
import org.sealkeeper.ledger.verification.ChainVerdict;
import org.sealkeeper.ledger.verification.ChainVerifier;
import org.sealkeeper.ledger.verification.VerifiedBlock;
import org.sealkeeper.mirror.AuditedBlock;
import org.sealkeeper.mirror.BlockCheck;
import org.sealkeeper.mirror.LogVerdict;
import picocli.CommandLine.Option;

/** The blocks of a chain that a log is held against. */
final class BlockExportOptions {
    @Option(
            names = "--blocks",
            required = true,
            paramLabel = "FILE",
            description = "All signed blocks of a chain, one JSON object a line; - is standard input.")
    Path blocks;

    @Option(
            names = "--keys",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "The keys to trust for blocks: JWK Sets, PEM public keys or PEM certificates.")
    List<Path> keys;

    @Option(names = "--chain", paramLabel = "NAME", description = "The chain the file must hold.")
    Optional<ChainName> chain = Optional.empty();

    /** For those that read it twice. */
    void requireFile() {
        if (InputFile.isStandardInput(blocks)) {
            throw new ConfigurationFault("expected --blocks to be a file, which is read twice, found standard input");
        }
    }

    /** What the file is worth. */
    sealed interface Read {
        /** Every signature and link holds. */
        record Blocks(BlockCheck check) implements Read {}

        /** It is no such chain. */
        record Wrong(LogVerdict.Invalid verdict) implements Read {}
    }

    /** Verifies each block by itself; heights the file leaves out are found by their leaves. */
    Read read(PrintWriter err) {
        return read(err, _ -> {});
    }

    /** As above, and hands on each block. Whether the chain as a whole is valid is known only at the end. */
    Read read(PrintWriter err, Consumer<VerifiedBlock> each) {
        var verifier = new ChainVerifier(
                InputFile.trusted(keys),
                new ChainExpectation(chain, Optional.empty(), Sequence.INCREASING, Optional.empty()));
        List<BlockCheck> check = new ArrayList<>();
        List<LogVerdict.Invalid> unplaced = new ArrayList<>();
        SortedMap<String, Long> elsewhere = new TreeMap<>();
        try (InputStream input = new ProgressStream(InputFile.open(blocks), err, System::nanoTime)) {
            ChainVerdict verdict = verifier.verify(input, block -> {
                each.accept(block);
                if (check.isEmpty()) {
                    check.add(new BlockCheck(block.statement().chain()));
                }
                if (block.auditLog().isPresent()) {
                    elsewhere.merge(block.auditLog().get(), 1L, Long::sum);
                } else if (block.auditIndex().isPresent()) {
                    check.getFirst().add(audited(block));
                } else if (unplaced.isEmpty()) {
                    unplaced.add(withoutIndex(block));
                }
            });
            elsewhere.forEach((log, count) ->
                    err.println(count + " blocks of " + blocks + " say that their leaves are in the log " + log
                            + ", and are not held against this one: verify them with that log"));
            return switch (verdict) {
                case ChainVerdict.Invalid invalid -> new Read.Wrong(wrong(invalid));
                case ChainVerdict.Malformed malformed -> throw InputFile.malformed(blocks, malformed);
                case ChainVerdict.Valid _ ->
                    unplaced.isEmpty() ? new Read.Blocks(check.getFirst()) : new Read.Wrong(unplaced.getFirst());
            };
        } catch (UncheckedIOException e) {
            throw FileFailure.unreadable(blocks, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw FileFailure.unreadable(blocks, e);
        }
    }

    private static AuditedBlock audited(VerifiedBlock block) {
        var statement = block.statement();
        return new AuditedBlock(
                block.auditIndex().orElseThrow(),
                statement.chain(),
                statement.height(),
                statement.previousHash(),
                statement.blockHash(),
                block.keyId());
    }

    private static LogVerdict.Invalid withoutIndex(VerifiedBlock block) {
        return new LogVerdict.Invalid(
                "block " + block.statement().height(), "expected an 'auditIndex' that names its leaf, found none", 0);
    }

    private LogVerdict.Invalid wrong(ChainVerdict.Invalid invalid) {
        return new LogVerdict.Invalid(blocks + " line " + invalid.line(), invalid.reason(), 0);
    }
}
