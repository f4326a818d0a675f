package org.sealkeeper.keys.provisioning;

import java.time.Instant;
import java.util.Optional;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Subject;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.RecipientRow;
import org.sealkeeper.keys.StoredRow;
import org.sealkeeper.store.Store;

/** What changes in the rows of recipients. Its methods block until the change is durable. */
final class RecipientTable {
    private final Store store;
    private final RecordedChange change;

    RecipientTable(Store store) {
        this.store = store;
        this.change = new RecordedChange(store);
    }

    /** The row of a recipient that is not retired. */
    Optional<RecipientRow> current(RecipientName name) {
        return store.read(rows -> rows.first(
                "SELECT * FROM recipient WHERE name = ? AND state <> 'retired'", RecipientRow::of, name.value()));
    }

    Optional<RecipientRow> withKey(RecipientKey key) {
        return store.read(rows -> rows.first(
                "SELECT * FROM recipient WHERE key = ? AND state <> 'retired'", RecipientRow::of, key.toString()));
    }

    boolean wasRetired(RecipientName name) {
        return store.read(rows -> rows.first(
                        "SELECT * FROM recipient WHERE name = ? AND state = 'retired'", RecipientRow::of, name.value()))
                .isPresent();
    }

    /** Records the intent; only then may the token be asked. */
    void begin(Recipient recipient) {
        int _ = change.begin(
                "INSERT INTO recipient (name, key, state, certificate, enrolled_at) VALUES (?, ?, 'enrolling', ?, ?)",
                recipient.name().value(),
                recipient.key().toString(),
                StoredRow.encoded(recipient.certificate()),
                recipient.enrolledAt().toString());
    }

    /** The token trusts the key: from now on data keys may be released to it. */
    void endEnrollment(Recipient recipient, Instant now, Decision by) {
        int _ = change.end(
                leaf(Operation.ENROLL_RECIPIENT, recipient, now).decidedBy(by),
                "UPDATE recipient SET state = 'enrolled' WHERE key = ? AND state = 'enrolling'",
                recipient.key().toString());
    }

    /** From now on nothing is released to it. */
    void beginRetirement(Recipient recipient, Instant now) {
        int _ = change.begin(
                "UPDATE recipient SET state = 'retiring', retired_at = coalesce(retired_at, ?) "
                        + "WHERE key = ? AND state <> 'retired'",
                now.toString(),
                recipient.key().toString());
    }

    /** Its key is proven to be gone from the token. */
    void endRetirement(Recipient recipient, Instant now, Decision by) {
        int _ = change.end(
                leaf(Operation.RETIRE_RECIPIENT, recipient, now).decidedBy(by),
                "UPDATE recipient SET state = 'retired' WHERE key = ? AND state = 'retiring'",
                recipient.key().toString());
    }

    private static Leaf leaf(Operation operation, Recipient recipient, Instant now) {
        return Leaf.ofCommand(
                now,
                operation,
                new Subject.Recipient(recipient.name(), recipient.key().toString()));
    }
}
