package org.sealkeeper.cli.audit;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.envelope.DataKeyId;
import org.sealkeeper.fhir.FhirRelease;
import org.sealkeeper.fhir.LoggedLeaf;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.mirror.Disclosures;
import org.sealkeeper.mirror.LogSource;
import org.sealkeeper.sealing.SealedRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Accounts for the disclosures of records. */
@Command(
        name = "disclosures",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "sealkeeper audit disclosures --record=FILE [--record=FILE...] [--vkeys=FILE]",
            "           [--policy=FILE] [--since=TIME] [--until=TIME]",
            "           [--format=FORMAT [--fhir-version=RELEASE]]",
            "           [--cert=FILE --key=FILE] [--ca=FILE] FOLDER|URL"
        },
        description = {
            "Account for the disclosures of records (45 CFR 164.528): every release of their data keys, also under earlier wrappings: when, to",
            "whom, for which purpose, by which rule. First the whole log is verified, from its first leaf to the checkpoint: so none is",
            "left out. Needs no appliance, and no token. A release for treatment, payment or operations need not be accounted for",
            "(164.528(a)(1)(i)); it is shown, and said not to be accountable."
        },
        footer = {
            "",
            "Exit codes: 0 accounted for, 1 the log is invalid: nothing is accounted for, 2 wrong usage or unreadable input, 3 the",
            "network or the disk failed.",
            "",
            "Example:",
            "  sealkeeper audit disclosures --record report.sealed --vkeys audit.vkeys --format csv mirror > disclosures.csv"
        })
final class AuditDisclosuresCommand implements Callable<Integer> {
    private static final int YEARS = 6;
    private static final int MAX_RECORD = 1 << 26;
    private static final String REFUSED = "nothing is accounted for: what a log says that is not valid proves nothing";

    @Mixin
    LogOptions log;

    @ArgGroup(exclusive = false, multiplicity = "1")
    TrustOptions trust;

    @Option(
            names = "--record",
            required = true,
            paramLabel = "FILE",
            description = "A sealed record; repeat it for more.")
    List<Path> records = List.of();

    @Option(names = "--since", paramLabel = "TIME", description = "Not before. Default: six years ago.")
    Optional<Instant> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time. Default: now.")
    Optional<Instant> until = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, csv, json (one object a line) or fhir (an AuditEvent a line). Default: text.")
    Format format = Format.TEXT;

    @Option(names = "--fhir-version", paramLabel = "RELEASE", description = "R4 or R5. Default: R4.")
    FhirRelease release = FhirRelease.R4;

    @Spec
    CommandSpec spec;

    /** How it is printed. */
    enum Format {
        TEXT,
        CSV,
        JSON,
        FHIR
    }

    @Override
    public Integer call() {
        SequencedMap<Path, String> dataKeys = new LinkedHashMap<>();
        records.forEach(record -> dataKeys.put(record, DataKeyId.of(wrapped(record))));
        Instant end = until.orElseGet(Instant::now);
        Instant begin = since.orElseGet(
                () -> end.atOffset(ZoneOffset.UTC).minusYears(YEARS).toInstant());
        try (LogSource source = log.open(Set.of())) {
            return new VerifiedLog(log.name(), source, trust.judge(), REFUSED)
                    .use(
                            spec.commandLine().getErr(),
                            Optional.empty(),
                            leaves -> account(new Disclosures(leaves), dataKeys, begin, end));
        }
    }

    private void account(Disclosures log, SequencedMap<Path, String> dataKeys, Instant begin, Instant end) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.CSV) {
            out.println(DisclosureText.CSV_HEADER);
        }
        dataKeys.forEach((record, dataKey) -> {
            List<DisclosureText> disclosures = log.of(dataKey).stream()
                    .filter(found -> isWithin(found.leaf(), begin, end))
                    .map(found -> new DisclosureText(record, found.index(), found.leaf()))
                    .toList();
            disclosures.forEach(disclosure -> out.println(text(log.checkpoint().origin(), disclosure)));
            if (format == Format.TEXT) {
                out.printf(
                        "%s: %d disclosures, of which %d are accountable%n",
                        record,
                        disclosures.size(),
                        disclosures.stream()
                                .filter(DisclosureText::isAccountable)
                                .count());
            }
        });
        if (format == Format.TEXT) {
            out.printf(
                    "complete from %s to %s: the log %s was verified from its first leaf to all %d%n",
                    begin, end, log.checkpoint().origin(), log.checkpoint().size());
        }
    }

    private String text(Origin log, DisclosureText disclosure) {
        return switch (format) {
            case TEXT -> disclosure.line();
            case CSV -> disclosure.csv();
            case JSON -> disclosure.json();
            case FHIR ->
                release.auditEvent(LoggedLeaf.of(log, disclosure.index(), disclosure.leaf()))
                        .json();
        };
    }

    private static boolean isWithin(RecordedLeaf leaf, Instant begin, Instant end) {
        Instant time = Instant.parse(leaf.text(LeafField.TIME).orElseThrow());
        return !time.isBefore(begin) && time.isBefore(end);
    }

    private static String wrapped(Path file) {
        try {
            return SealedRecord.parse(InputFile.bytes(file, MAX_RECORD)).wrapped();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault(file + ": " + e.getMessage(), e);
        }
    }
}
