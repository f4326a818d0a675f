package org.sealkeeper.ceremony;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.sealkeeper.hsm.TokenDescription;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.verify.CanonicalJson;

/** Which token it is, as it says of itself (PKCS#11 section 3.2, CK_TOKEN_INFO). */
public record TokenIdentity(TokenLabel label, String manufacturer, String model, String serial, String firmware) {
    /** That of the token of this label. */
    public static TokenIdentity of(TokenLabel label, TokenDescription token) {
        return new TokenIdentity(label, token.manufacturer(), token.model(), token.serial(), token.firmwareVersion());
    }

    Map<String, String> json() {
        return Map.of(
                "label", label.value(),
                "manufacturer", manufacturer,
                "model", model,
                "serial", serial,
                "firmware", firmware);
    }

    static TokenIdentity parse(JsonNode json) {
        return new TokenIdentity(
                new TokenLabel(CanonicalJson.text(json, "label")),
                CanonicalJson.text(json, "manufacturer"),
                CanonicalJson.text(json, "model"),
                CanonicalJson.text(json, "serial"),
                CanonicalJson.text(json, "firmware"));
    }

    @Override
    public String toString() {
        return "'%s' (%s %s, serial %s, firmware %s)".formatted(label, manufacturer, model, serial, firmware);
    }
}
