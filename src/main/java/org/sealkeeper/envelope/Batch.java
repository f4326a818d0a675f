package org.sealkeeper.envelope;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sealkeeper.http.problem.Faults;
import org.sealkeeper.http.problem.Problem;

/** Many requests in one: each is judged by itself, and leaves its neighbours alone. */
final class Batch {
    static final int MOST = 1_000;

    private Batch() {}

    /**
     * What became of each.
     *
     * @param results in the order of the request: what the request alone would have been answered with, or {@code
     *     {"problem":{…}}}
     */
    @Schema(name = "DataKeyBatchResult", requiredProperties = "results")
    record Results(List<Object> results) {}

    static <T> CompletionStage<Response> answer(List<T> requests, Function<T, CompletionStage<Answer>> each) {
        if (requests.isEmpty() || requests.size() > MOST) {
            String expected = "expected 1 to " + MOST + " keys, found " + requests.size();
            return CompletableFuture.completedStage(
                    Problem.invalid("keys", expected).response());
        }
        List<CompletableFuture<Object>> results = requests.stream()
                .map(request -> result(each.apply(request)).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> Response.ok(new Results(
                                results.stream().map(CompletableFuture::join).toList()))
                        .build());
    }

    /** Never fails: a fault is this request's result. */
    private static CompletionStage<Object> result(CompletionStage<Answer> answer) {
        return answer.thenApply(Batch::item).exceptionally(failure -> Map.of("problem", Faults.translate(failure)));
    }

    private static Object item(Answer answer) {
        Object view = Views.view(answer);
        return view instanceof Problem ? Map.of("problem", view) : view;
    }
}
