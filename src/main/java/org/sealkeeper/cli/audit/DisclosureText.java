package org.sealkeeper.cli.audit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.policy.Purpose;

/**
 * One release of the data key of a record, as commands show it.
 *
 * @param index of its leaf
 */
record DisclosureText(Path record, long index, RecordedLeaf leaf) {
    /** 45 CFR 164.528(a)(1)(i): treatment, payment and health care operations need no accounting. */
    private static final List<Purpose> NOT_ACCOUNTED =
            List.of(new Purpose("TREAT"), new Purpose("HPAYMT"), new Purpose("HOPERAT"));

    static final String CSV_HEADER =
            "time,record,recipient,caller,subject,purpose,accountable,rule,policy,emergency,leaf";

    /** In the order of {@link #CSV_HEADER}. */
    private SequencedMap<String, Object> members() {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("time", text(LeafField.TIME));
        members.put("record", record.toString());
        members.put("recipient", text(LeafField.RECIPIENT));
        members.put("caller", text(LeafField.CALLER));
        members.put("subject", text(LeafField.SUBJECT));
        members.put("purpose", text(LeafField.PURPOSE));
        members.put("accountable", isAccountable());
        members.put("rule", text(LeafField.RULE));
        members.put("policy", text(LeafField.POLICY));
        members.put("emergency", leaf.number(LeafField.EMERGENCY).isPresent());
        members.put("leaf", index);
        return members;
    }

    boolean isAccountable() {
        return leaf.text(LeafField.PURPOSE)
                .map(Purpose::new)
                .filter(purpose -> NOT_ACCOUNTED.stream().anyMatch(kind -> kind.covers(purpose)))
                .isEmpty();
    }

    String line() {
        return "%s  %s to recipient %s for %s, asked by %s%s, by the rule %s%s, leaf %d"
                .formatted(
                        text(LeafField.TIME),
                        record,
                        text(LeafField.RECIPIENT),
                        text(LeafField.PURPOSE),
                        leaf.text(LeafField.CALLER).orElse("a token"),
                        leaf.text(LeafField.SUBJECT)
                                .map(name -> " with the token of " + name)
                                .orElse(""),
                        text(LeafField.RULE),
                        leaf.number(LeafField.EMERGENCY).isPresent() ? ", in an emergency" : "",
                        index)
                // Another party chose names: they do not move the cursor of a terminal.
                .replaceAll("\\p{C}", "?");
    }

    /** RFC 4180. */
    String csv() {
        return members().values().stream()
                .map(value -> "\"" + cell(value.toString()).replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(","));
    }

    /** Another party chose names: a spreadsheet takes what begins so for a formula, unless an apostrophe stands before it. */
    private static String cell(String text) {
        String printable = text.replaceAll("\\p{C}", "?");
        return !printable.isEmpty() && "=+-@".indexOf(printable.charAt(0)) >= 0 ? "'" + printable : printable;
    }

    String json() {
        return JsonResult.of(members());
    }

    private String text(LeafField field) {
        return leaf.text(field).orElse("");
    }
}
