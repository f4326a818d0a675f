package org.sealkeeper.hsm;

import java.security.cert.X509Certificate;
import org.sealkeeper.verify.VerificationKey;

/** The objects that a token is to have of one thing in the store. */
public sealed interface DeclaredObjects {
    /** How messages call that thing. */
    String name();

    /** A private key, its public half, and a certificate of it. */
    record SigningPair(String name, CkaId id, String label, VerificationKey key, X509Certificate certificate)
            implements DeclaredObjects {}

    /** A key-encryption key, its binding key and, where it is in several tokens, a transfer key. */
    record KeyEncryption(String name, CkaId id, String label, boolean isInSeveralTokens) implements DeclaredObjects {}

    /**
     * The trusted public key of a recipient.
     *
     * @param isRequired whether the token must trust it; else it may
     */
    record TrustedRecipient(String name, RecipientKey key, String label, boolean isRequired)
            implements DeclaredObjects {}

    /** Both halves of the transit pair of an open rewrap window. */
    record TransitPair(String name, CkaId id, String label) implements DeclaredObjects {}

    /**
     * What should not be there: of something whose making or destruction was interrupted, or that was destroyed.
     *
     * @param id the CKA_ID in lowercase hexadecimal
     */
    record Leftovers(String name, String id) implements DeclaredObjects {}
}
