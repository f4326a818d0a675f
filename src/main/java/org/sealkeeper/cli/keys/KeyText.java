package org.sealkeeper.cli.keys;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyState;
import org.sealkeeper.keys.PendingKey;

/** How commands show a key. */
final class KeyText {
    private KeyText() {}

    static String line(CataloguedKey key) {
        return "%s version %d, %s, %s, %s, kid %s, token %s"
                        .formatted(
                                key.alias(),
                                key.version(),
                                key.purpose().text(),
                                key.verificationKey().algorithm().joseName(),
                                state(key),
                                key.keyId(),
                                key.token())
                + (key.isCertified() ? ", certificate until " + end(key) : "");
    }

    private static Instant end(CataloguedKey key) {
        return key.certificate().getNotAfter().toInstant();
    }

    private static String state(CataloguedKey key) {
        return key.status()
                .compromisedSince()
                .map(since -> key.state() == KeyState.COMPROMISED
                        ? "compromised since " + since
                        : key.state().text() + ", compromised since " + since)
                .orElse(key.state().text());
    }

    static String line(PendingKey key) {
        return "%s version %d, %s, %s, pre-active, token %s: its making was interrupted; run the command again"
                .formatted(
                        key.alias(),
                        key.version(),
                        key.purpose().text(),
                        key.algorithm().joseName(),
                        key.token());
    }

    static SequencedMap<String, Object> members(CataloguedKey key) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("alias", key.alias());
        members.put("version", (long) key.version());
        members.put("purpose", key.purpose().text());
        members.put("algorithm", key.verificationKey().algorithm().joseName());
        members.put("state", key.state().text());
        members.put("stateSince", key.status().since());
        key.status().compromisedSince().ifPresent(since -> members.put("compromisedSince", since));
        members.put("keyId", key.keyId());
        members.put("token", key.token().value());
        members.put("ckaId", key.ckaId());
        members.put("createdAt", key.createdAt());
        if (key.isCertified()) {
            members.put("certificateUntil", end(key));
        }
        return members;
    }

    static SequencedMap<String, Object> members(PendingKey key) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("alias", key.alias());
        members.put("version", (long) key.version());
        members.put("purpose", key.purpose().text());
        members.put("algorithm", key.algorithm().joseName());
        members.put("state", "pre-active");
        members.put("token", key.token().value());
        members.put("ckaId", key.ckaId());
        members.put("createdAt", key.createdAt());
        return members;
    }
}
