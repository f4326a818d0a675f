package org.sealkeeper.hsm;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sealkeeper.hsm.DataKeyOutcome.Generated;
import org.sealkeeper.hsm.DataKeyOutcome.Released;
import org.sealkeeper.hsm.DataKeyOutcome.Rewrapped;
import org.sealkeeper.hsm.state.Meaning;
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

    /**
     * What another token wraps data keys to that this one is to have.
     *
     * @param sender that other token
     */
    public CompletionStage<TransferKey> transferKey(CkaId kek, TokenDataKeys sender) {
        RecipientAlgorithm common = algorithm.common(sender.algorithm);
        return work.useDataKeys(
                kek, session -> new TransferKey(session.dataKeys().transferKey(kek), common));
    }

    /**
     * Makes an AES-256 data key.
     *
     * @param others the transfer keys of other tokens, which are to have it too
     */
    public CompletionStage<Generated> generate(CkaId kek, RecipientKey recipient, List<TransferKey> others) {
        return work.useDataKeys(kek, session -> session.dataKeys().generate(kek, recipient, others));
    }

    /**
     * Wraps a data key that another token passed.
     *
     * @param passed one of those that {@link #generate} or {@link #rewrap} gave there
     * @param by the algorithm of the transfer key it was passed to
     * @return as {@link DataKeyOutcome.NewDataKey#wrapped}
     */
    public CompletionStage<byte[]> adopt(CkaId kek, byte[] passed, RecipientAlgorithm by) {
        return work.useDataKeys(kek, session -> session.dataKeys().adopt(kek, passed, by));
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
     * @param to empty where this token does not have that key
     * @param transit the CKA_ID of the transit pair of an open rewrap window
     * @param others the transfer keys of other tokens, which do
     */
    public CompletionStage<Rewrapped> rewrap(
            CkaId from, Optional<CkaId> to, CkaId transit, byte[] wrapped, List<TransferKey> others) {
        return work.useDataKeys(from, session -> session.dataKeys().rewrap(from, to, transit, wrapped, others));
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
        return new PolicyProbe(session, algorithm).run(handles, trusted, transferKeys(objects, keks));
    }

    private static Map<Long, RecipientKey> transferKeys(TokenObjects objects, List<CkaId> keks) {
        return keks.stream()
                .flatMapToLong(kek -> Arrays.stream(objects.all(TokenKey.transfer(kek))))
                .boxed()
                .collect(Collectors.toMap(Function.identity(), handle -> publicKey(objects, handle)));
    }

    private static RecipientKey publicKey(TokenObjects objects, long privateKey) {
        return new TokenPublicKey(objects, privateKey)
                .rsa()
                .map(RecipientKey::new)
                .orElseThrow(() ->
                        new HsmFault(Meaning.WRONG_ANSWER, "the public half of a private transfer key cannot be read"));
    }
}
