package org.sealkeeper.cli.recipients;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.provisioning.ProvisionedRecipient;

/** How commands show a recipient. */
final class RecipientText {
    private RecipientText() {}

    static String of(Recipient recipient, boolean json) {
        return json ? JsonResult.of(members(recipient)) : line(recipient);
    }

    static String of(ProvisionedRecipient done, boolean json) {
        if (!json) {
            return line(done.recipient()) + ": " + done.outcome().text();
        }
        SequencedMap<String, Object> members = members(done.recipient());
        members.put("outcome", done.outcome().text());
        return JsonResult.of(members);
    }

    private static String line(Recipient recipient) {
        return "%s, key SHA-256 %s, enrolled %s%s"
                .formatted(
                        recipient.name(),
                        recipient.key(),
                        recipient.enrolledAt(),
                        recipient.retiredAt().map(time -> ", retired " + time).orElse(""));
    }

    private static SequencedMap<String, Object> members(Recipient recipient) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("name", recipient.name());
        members.put("keySha256", recipient.key());
        members.put("subject", recipient.certificate().getSubjectX500Principal().getName());
        members.put("enrolledAt", recipient.enrolledAt());
        recipient.retiredAt().ifPresent(time -> members.put("retiredAt", time));
        return members;
    }
}
