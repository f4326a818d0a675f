package org.sealkeeper.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.PolicyRequest;
import org.sealkeeper.policy.Purpose;

/**
 * What a policy is asked, as a form has it: an empty text is nothing.
 *
 * @param certificate the caller's name by its certificate
 * @param claims of its token, one {@code NAME=TEXT} a line; a name may come again for a claim that is a list
 */
record Question(
        String certificate,
        String issuer,
        String subject,
        String claims,
        String operation,
        String chain,
        String key,
        String purpose,
        String recipient) {
    private static final String SUBJECT = "subject";

    boolean isAsked() {
        return !operation.isEmpty();
    }

    /** All operations there are. */
    public List<String> operations() {
        return Stream.of(PolicyOperation.values()).map(PolicyOperation::text).toList();
    }

    /** @throws IllegalArgumentException if it is none that a policy can be asked */
    PolicyRequest request(Instant now) {
        return new PolicyRequest(
                caller(),
                PolicyOperation.named(operation),
                given(chain).map(ChainName::new),
                given(key).map(KeyAlias::new),
                given(purpose).map(Purpose::new),
                OptionalLong.empty(),
                given(recipient),
                now);
    }

    private Caller caller() {
        return new Caller(
                given(certificate).map(CallerId::new),
                given(issuer)
                        .map(name -> new BearerToken(
                                name, given(subject).orElse(SUBJECT), Optional.empty(), claimsByName())));
    }

    private Map<String, Object> claimsByName() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        claims.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("expected claims as NAME=TEXT, one a line");
            }
            texts.computeIfAbsent(line.substring(0, equals), _ -> new ArrayList<>())
                    .add(line.substring(equals + 1));
        });
        Map<String, Object> claims = new LinkedHashMap<>();
        texts.forEach((name, all) -> claims.put(name, all.size() == 1 ? all.getFirst() : all));
        return claims;
    }

    private static Optional<String> given(String text) {
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }
}
