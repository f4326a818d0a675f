package org.sealkeeper.cli.ceremony;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sealkeeper.ceremony.ChangeText;
import org.sealkeeper.ceremony.Request;
import org.sealkeeper.ceremony.TokenIdentity;

/** A request in words. */
record RequestText(Request request) {
    List<String> lines() {
        return Stream.of(
                        Stream.of(
                                "Request " + request.digest(),
                                "of " + request.requestedBy() + ", for the appliance of the log " + request.log(),
                                "to be executed from " + request.createdAt() + " to " + request.validUntil(),
                                request.officers()
                                        .map(digest -> "under the officers of SHA-256 " + digest)
                                        .orElse("NO OFFICERS approve changes of this appliance")),
                        request.basis().tokens().stream()
                                .map(TokenIdentity::toString)
                                .map(token -> "in the token " + token),
                        request.basis().drift().stream().map(drift -> "DRIFT when it was made, " + drift),
                        IntStream.range(0, request.changes().size())
                                .mapToObj(i -> (i + 1) + ". "
                                        + ChangeText.of(request.changes().get(i))))
                .flatMap(lines -> lines)
                .toList();
    }
}
