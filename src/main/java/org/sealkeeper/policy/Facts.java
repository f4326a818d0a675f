package org.sealkeeper.policy;

import com.google.protobuf.Timestamp;
import dev.cel.runtime.CelVariableResolver;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.KeyAlias;

/** A request, the roles of its caller, and what conditions see of both: what is absent is empty text, or -1. */
final class Facts implements CelVariableResolver {
    private final PolicyRequest request;
    private final BitSet roles;

    Facts(PolicyRequest request, BitSet roles) {
        this.request = request;
        this.roles = roles;
    }

    PolicyRequest request() {
        return request;
    }

    BitSet roles() {
        return roles;
    }

    @Override
    public Optional<Object> find(String variable) {
        return Optional.ofNullable(value(variable));
    }

    private @Nullable Object value(String variable) {
        Optional<BearerToken> token = request.caller().token();
        return switch (variable) {
            case "caller.id" -> name(request.caller());
            case "caller.authentication" -> authentication(request.caller());
            case "caller.issuer" -> token.map(BearerToken::issuer).orElse("");
            case "caller.subject" -> token.map(BearerToken::subject).orElse("");
            case "caller.claims" -> token.map(BearerToken::claims).orElse(Map.of());
            case "request.operation" -> request.operation().text();
            case "request.chain" -> request.chain().map(ChainName::value).orElse("");
            case "request.height" -> request.height().orElse(-1);
            case "request.key" -> request.key().map(KeyAlias::value).orElse("");
            case "request.purpose" -> request.purpose().map(Purpose::code).orElse("");
            case "request.recipient" -> request.recipient().orElse("");
            case "now" -> timestamp(request.now());
            default -> null;
        };
    }

    /** The certificate's name, else the token's subject. */
    private static String name(Caller caller) {
        return caller.certificate()
                .map(CallerId::value)
                .or(() -> caller.token().map(BearerToken::subject))
                .orElseThrow();
    }

    private static String authentication(Caller caller) {
        if (caller.token().isEmpty()) {
            return "certificate";
        }
        return caller.certificate().isEmpty() ? "token" : "certificate+token";
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
