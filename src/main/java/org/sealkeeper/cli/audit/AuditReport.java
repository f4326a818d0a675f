package org.sealkeeper.cli.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.merkle.Checkpoint;
import org.sealkeeper.merkle.VerifierKey;
import org.sealkeeper.mirror.LogReport;
import org.sealkeeper.mirror.LogVerdict;
import org.sealkeeper.mirror.SignedCheckpoint;
import org.sealkeeper.mirror.UnknownLeaves;

/**
 * What {@code audit verify} found: what was checked, what is wrong, and what cannot be told from a log.
 *
 * @param log as the user named it
 */
record AuditReport(String log, LogVerdict verdict) {
    private static final String NOT_RECORDED = "events that were never recorded; anything after this checkpoint";
    private static final String NOT_FRESH =
            "; that others are shown the same log, and that there is no newer checkpoint";

    String text() {
        return switch (verdict) {
            case LogVerdict.Valid(var report) -> text(report, log + ": valid");
            case LogVerdict.Unknown(var report, var leaves) -> text(report, text(leaves));
            case LogVerdict.Invalid invalid -> text(invalid);
        };
    }

    String json() {
        return JsonResult.of(
                switch (verdict) {
                    case LogVerdict.Valid(var report) -> members(report, true);
                    case LogVerdict.Unknown(var report, var leaves) -> members(report, leaves);
                    case LogVerdict.Invalid invalid -> members(invalid);
                });
    }

    private String text(LogReport report, String conclusion) {
        Checkpoint checkpoint = report.checkpoint().checkpoint();
        List<String> lines = new ArrayList<>();
        lines.add("log " + checkpoint.origin() + ": " + counted(checkpoint.size(), "leaf", "leaves") + ", root "
                + checkpoint.root());
        lines.add("checkpoint: signed by "
                + String.join(", ", named(report.checkpoint().logKeys())));
        lines.add("leaves: all canonical and in their place" + times(report));
        lines.add("files: " + counted(report.shape().bundles(), "bundle", "bundles") + " and "
                + counted(report.shape().tiles(), "tile", "tiles") + ", all as the leaves give them");
        lines.add("witnesses: " + report.cosigned().map(AuditReport::cosigned).orElse("no checkpoint was cosigned"));
        lines.add("growth: "
                + (report.seenSize().isPresent()
                        ? "extends the checkpoint of "
                                + counted(report.seenSize().getAsLong(), "leaf", "leaves") + " seen last time"
                        : "no checkpoint was seen before"));
        lines.add("blocks: "
                + report.blocks()
                        .map(blocks -> counted(blocks.blocks(), "block", "blocks") + " of chain " + blocks.chain()
                                + ", each with its leaf, and no other leaf of a signed block")
                        .orElse("not compared"));
        report.remarks().forEach(remark -> lines.add("remark: " + remark));
        lines.add("not proven: " + notProven(report));
        lines.add(conclusion);
        return String.join(System.lineSeparator(), lines);
    }

    /** Its reader must not take it for tampering, nor for a valid log. */
    private String text(UnknownLeaves leaves) {
        return log + ": leaf " + leaves.first() + ": " + leaves.what()
                + ": not known to this version of sealkeeper, as "
                + counted(leaves.count(), "leaf is", "leaves are")
                + " in all; nothing was altered, but only a newer version can judge what they say";
    }

    private String text(LogVerdict.Invalid invalid) {
        return String.join(
                System.lineSeparator(),
                "checked before: " + (invalid.leaves() == 0 ? "no leaf" : counted(invalid.leaves(), "leaf", "leaves")),
                "not proven: anything",
                log + ": " + invalid.where() + ": " + invalid.reason() + ": invalid");
    }

    private static SequencedMap<String, Object> members(LogReport report, UnknownLeaves leaves) {
        SequencedMap<String, Object> members = members(report, false);
        members.put("firstUnknown", leaves.first());
        members.put("unknown", leaves.what());
        members.put("unknownLeaves", leaves.count());
        return members;
    }

    private static SequencedMap<String, Object> members(LogReport report, boolean isValid) {
        Checkpoint checkpoint = report.checkpoint().checkpoint();
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", isValid);
        members.put("origin", checkpoint.origin());
        members.put("size", checkpoint.size());
        members.put("root", checkpoint.root());
        members.put("signedBy", named(report.checkpoint().logKeys()));
        report.first().ifPresent(time -> members.put("firstTime", time));
        report.last().ifPresent(time -> members.put("lastTime", time));
        members.put("bundles", report.shape().bundles());
        members.put("tiles", report.shape().tiles());
        report.cosigned().ifPresent(cosigned -> {
            members.put("cosignedSize", cosigned.checkpoint().size());
            members.put("cosignedBy", named(cosigned.witnesses()));
        });
        report.seenSize().ifPresent(size -> members.put("seenSize", size));
        report.blocks().ifPresent(blocks -> {
            members.put("chain", blocks.chain());
            members.put("blocks", blocks.blocks());
        });
        members.put("remarks", report.remarks());
        members.put("notProven", notProven(report));
        return members;
    }

    private static SequencedMap<String, Object> members(LogVerdict.Invalid invalid) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("valid", false);
        members.put("where", invalid.where());
        members.put("reason", invalid.reason());
        members.put("leavesChecked", invalid.leaves());
        return members;
    }

    private static String times(LogReport report) {
        return report.first().isPresent()
                ? ", from " + report.first().get() + " to " + report.last().orElseThrow()
                : "";
    }

    private static String cosigned(SignedCheckpoint cosigned) {
        return cosigned.witnesses().isEmpty()
                ? "of those who cosigned the checkpoint of "
                        + cosigned.checkpoint().size() + " leaves, none was named"
                : "the checkpoint of " + counted(cosigned.checkpoint().size(), "leaf", "leaves") + " is cosigned by "
                        + String.join(", ", named(cosigned.witnesses()));
    }

    private static String notProven(LogReport report) {
        boolean isWitnessed =
                report.cosigned().filter(note -> !note.witnesses().isEmpty()).isPresent();
        return isWitnessed ? NOT_RECORDED : NOT_RECORDED + NOT_FRESH;
    }

    private static List<String> named(Collection<VerifierKey> keys) {
        return keys.stream()
                .map(key -> key.name() + "+" + key.keyIdText())
                .sorted()
                .toList();
    }

    private static String counted(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
