package org.sealkeeper.keys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletionStage;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenDataKeys;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.hsm.TransferKey;
import org.sealkeeper.kernel.TokenLabel;

/**
 * How the tokens of a key-encryption key get a data key from the one token that has it, while any key may wrap it there: each of the others
 * gives its transfer key, and wraps under its own key-encryption key what was passed to that.
 *
 * @param key whose tokens are to have it
 * @param from the token that has it now, which need not be one of them
 */
record KeySpreading(Tokens tokens, KeyEncryptionKey key, TokenLabel from) {

    /** The others that are used now. */
    List<TokenLabel> used() {
        return others(tokens.used().stream().map(Hsm::label).toList());
    }

    /** The others that are the appliance's, whether or not they are used. */
    List<TokenLabel> known() {
        return others(tokens.labels());
    }

    private List<TokenLabel> others(List<TokenLabel> among) {
        return key.tokens().stream()
                .filter(token -> !token.equals(from) && among.contains(token))
                .toList();
    }

    /** As each of these tokens gives its own. */
    CompletionStage<Gathered<TransferKey>> transferKeys(List<TokenLabel> others) {
        return Gathered.from(others, token -> dataKeys(token).transferKey(key.ckaId(), dataKeys(from)));
    }

    /**
     * Has the others wrap what was passed to them.
     *
     * @param passed to each of the transfer keys, in their order
     */
    CompletionStage<Gathered<byte[]>> adopted(SequencedMap<TokenLabel, TransferKey> transferKeys, List<byte[]> passed) {
        List<TokenLabel> order = List.copyOf(transferKeys.keySet());
        return Gathered.from(
                order,
                token -> dataKeys(token)
                        .adopt(
                                key.ckaId(),
                                passed.get(order.indexOf(token)),
                                Objects.requireNonNull(transferKeys.get(token)).algorithm()));
    }

    /**
     * What they all wrapped, in the order of the key's tokens.
     *
     * @param own what the one that has it wrapped; empty where it is none of them
     */
    Wraps wraps(Optional<byte[]> own, SequencedMap<TokenLabel, byte[]> others) {
        SequencedMap<TokenLabel, byte[]> wraps = new LinkedHashMap<>();
        for (TokenLabel token : key.tokens()) {
            Optional<byte[]> wrapped = token.equals(from) ? own : Optional.ofNullable(others.get(token));
            wrapped.ifPresent(blob -> wraps.put(token, blob));
        }
        return Wraps.of(wraps);
    }

    private TokenDataKeys dataKeys(TokenLabel token) {
        return tokens.find(token).orElseThrow(() -> Tokens.missing(token)).dataKeys();
    }
}
