package org.sealkeeper.hsm;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.hsm.DataKeyOutcome.Generated;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.Rewrapped;
import org.xipki.pkcs11.wrapper.Session;

/** Data keys, which leave the token wrapped and encrypted only. Its stages complete as those of {@link Signatures}. */
public final class TokenDataKeys {
    private final TokenWork work;
    private final RecipientAlgorithm algorithm;

    TokenDataKeys(TokenWork work, RecipientAlgorithm algorithm) {
        this.work = work;
        this.algorithm = algorithm;
    }

    /**
     * Authenticates a message with the binding key of a key-encryption key.
     *
     * @return the HMAC-SHA-256 (RFC 2104), 32 bytes; compare it in constant time
     */
    public CompletionStage<byte[]> authenticate(CkaId kek, byte[] message) {
        return work.useDataKeys(kek, session -> session.dataKeys().authenticate(kek, message));
    }

    /** Makes an AES-256 data key. */
    public CompletionStage<Generated> generate(CkaId kek, RecipientKey recipient) {
        return work.useDataKeys(kek, session -> session.dataKeys().generate(kek, recipient));
    }

    /**
     * Unwraps a data key inside the token and encrypts it to the recipient.
     *
     * @param wrapped as {@link DataKeyOutcome.NewDataKey#wrapped} gave it
     */
    public CompletionStage<Released> release(CkaId kek, byte[] wrapped, RecipientKey recipient) {
        return work.useDataKeys(kek, session -> session.dataKeys().release(kek, wrapped, recipient));
    }

    /**
     * Wraps a data key under another key-encryption key, inside the token.
     *
     * @param transit the CKA_ID of the transit pair of an open rewrap window
     */
    public CompletionStage<Rewrapped> rewrap(CkaId from, CkaId to, CkaId transit, byte[] wrapped) {
        return work.useDataKeys(from, session -> session.dataKeys().rewrap(from, to, transit, wrapped));
    }

    /** The JWE {@code alg} (RFC 7518 section 4.1) of what this token encrypts to recipients. */
    public String recipientAlgorithm() {
        return algorithm.joseName();
    }

    /**
     * Tries to break what the token must enforce for data keys.
     *
     * @param keks key-encryption keys in use, on which only what does no harm is tried
     * @return every attempt; or {@link HsmFault} where what is allowed failed
     */
    public CompletionStage<List<PolicyAttempt>> probePolicy(List<CkaId> keks) {
        return work.examine(session -> probe(session, keks));
    }

    private List<PolicyAttempt> probe(Session session, List<CkaId> keks) {
        TokenObjects objects = work.epoch().objects(session);
        List<Long> handles = keks.stream()
                .map(kek -> objects.only(TokenKey.keyEncryption(kek)))
                .toList();
        OptionalLong trusted = Arrays.stream(objects.trustedKeys()).findFirst();
        return new PolicyProbe(session, algorithm).run(handles, trusted);
    }
}
