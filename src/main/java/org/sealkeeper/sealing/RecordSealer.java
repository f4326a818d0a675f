package org.sealkeeper.sealing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObjectJSON;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;

/** Encrypts records under data keys of their own (AES-256-GCM, as a JWE of RFC 7516), and opens them again. */
public final class RecordSealer {
    private static final String ENCRYPTED_KEY = "encrypted_key";
    private static final String AAD = "aad";
    private static final Set<String> STORED = Set.of("protected", AAD, "iv", "ciphertext", "tag");

    private final ApplianceClient appliance;
    private final Recipient recipient;

    public RecordSealer(ApplianceClient appliance, Recipient recipient) {
        this.appliance = appliance;
        this.recipient = recipient;
    }

    /**
     * Encrypts a record under a fresh data key, which is then forgotten: to open the record, the appliance must be asked.
     *
     * @param key the alias of the key-encryption key
     * @param context names this record and no other
     * @throws ApplianceRefusal if the appliance refuses
     * @throws IllegalArgumentException if the private key is not that of the enrolled recipient
     */
    public SealedRecord seal(byte[] content, KeyAlias key, Context context) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("key", key.value());
        request.set("context", json(context));
        request.put("recipient", recipient.name().value());
        ReleasedKey released = ReleasedKey.of(appliance.post("v1/data-keys", request));
        var jwe = new JWEObjectJSON(
                new JWEHeader(released.alg(), EncryptionMethod.A256GCM),
                new Payload(content),
                null,
                aad(context).toString().getBytes(StandardCharsets.US_ASCII)); // Nimbus wants it encoded already
        try {
            jwe.encrypt(new RSAEncrypter(recipient.publicKey(), released.decrypt(recipient)));
        } catch (JOSEException e) {
            throw new IllegalStateException("the record cannot be encrypted", e);
        }
        return new SealedRecord(context.members(), stored(jwe.toFlattenedJSONObject()), released.wrapped());
    }

    /**
     * Opens a record.
     *
     * @param purposeOfUse a code of HL7's v3-PurposeOfUse
     * @param justification for an emergency
     * @throws ApplianceRefusal if the appliance refuses
     * @throws IllegalArgumentException if the record was altered, or the private key is not that of the enrolled recipient
     */
    public byte[] open(SealedRecord sealed, String purposeOfUse, Optional<String> justification) {
        Context context = Context.of(sealed.context());
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("wrapped", sealed.wrapped());
        request.set("context", json(context));
        request.put("purposeOfUse", purposeOfUse);
        request.put("recipient", recipient.name().value());
        justification.ifPresent(text -> request.put("justification", text));
        ReleasedKey released = ReleasedKey.of(appliance.post("v1/data-keys/unwrap", request));
        return decrypt(sealed, released, context);
    }

    private byte[] decrypt(SealedRecord sealed, ReleasedKey released, Context context) {
        SecretKey _ = released.decrypt(recipient); // so that a wrong private key is not taken for an altered record
        Map<String, Object> members = new LinkedHashMap<>(sealed.jwe());
        members.put(ENCRYPTED_KEY, released.encryptedKey());
        try {
            JWEObjectJSON jwe = JWEObjectJSON.parse(JSONObjectUtils.toJSONString(members));
            if (!jwe.getHeader().getAlgorithm().equals(released.alg())) {
                throw new IllegalArgumentException("expected a record sealed with " + released.alg());
            }
            if (!aad(context).toString().equals(sealed.jwe().get(AAD))) {
                throw new IllegalArgumentException("expected a record whose aad is its context");
            }
            jwe.decrypt(new RSADecrypter(recipient.key()));
            return jwe.getPayload().toBytes();
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("expected a sealed record as it was stored, found an altered one", e);
        }
    }

    /** As RFC 7516 section 7.2.1 has it: BASE64URL(JWE AAD). */
    private static Base64URL aad(Context context) {
        return Base64URL.encode(context.canonicalJson());
    }

    private static Map<String, String> stored(Map<String, Object> flattened) {
        Map<String, String> members = new TreeMap<>();
        flattened.forEach((member, value) -> {
            if (STORED.contains(member)) {
                members.put(member, value.toString());
            }
        });
        return members;
    }

    private static ObjectNode json(Context context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        context.members().forEach(json::put);
        return json;
    }
}
