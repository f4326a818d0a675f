package org.sealkeeper.envelope;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.kernel.RecipientName;

/**
 * A data key in the two forms in which it may leave the token.
 *
 * @param wrapped what is stored beside the record; base64url (docs/formats/wrapped-key.md)
 * @param alg the JWE {@code alg} (RFC 7518 section 4.1)
 * @param encryptedKey the AES-256 key, encrypted to the recipient's RSA key: a JWE {@code encrypted_key}, base64url
 * @param auditIndex the leaf of the audit log that says it was released
 */
@Schema(
        name = "ReleasedDataKey",
        requiredProperties = {"wrapped", "recipient", "alg", "encryptedKey", "auditIndex"})
record ReleasedView(String wrapped, RecipientName recipient, String alg, String encryptedKey, long auditIndex) {}
