package org.sealkeeper.edge;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.testing.Caller;

/** Asks every door for what its published schemas allow and forbid, and judges the answers by them. */
public final class Contract {
    private static final String INVALID = "urn:sealkeeper:problem:invalid-request";

    private final Api api;

    public Contract(Api api) {
        this.api = api;
    }

    /** A path, and a body where the door takes one. */
    public record Request(String path, Optional<String> body) {
        @Override
        public String toString() {
            String text = path + " " + body.orElse("");
            return text.length() < 300 ? text : text.substring(0, 300) + "…";
        }
    }

    /** What is wrong with the answer to a request that fits; empty where nothing is. */
    public Optional<String> judgeFitting(Api.Operation door, Caller caller) {
        Request fitting = fitting(door);
        HttpResponse<String> answer = ask(door, caller, fitting);
        boolean isInvalid = door.takesJson() && answer.body().contains(INVALID);
        return complaint(door, answer)
                .or(() -> isInvalid ? Optional.of("refused what fits") : Optional.empty())
                .map(why -> text(why, door, fitting, answer));
    }

    /** As {@link #judgeFitting}, for one that does not fit. */
    public Optional<String> judgeWrong(Api.Operation door, Caller caller, Request wrong) {
        HttpResponse<String> answer = ask(door, caller, wrong);
        boolean isRefused = door.takesJson()
                ? answer.statusCode() == 400 && answer.body().contains(INVALID)
                : answer.statusCode() >= 400;
        return complaint(door, answer)
                .or(() -> isRefused ? Optional.empty() : Optional.of("took what does not fit"))
                .map(why -> text(why, door, wrong, answer));
    }

    private static HttpResponse<String> ask(Api.Operation door, Caller caller, Request request) {
        var http = caller.request(request.path())
                .header("Content-Type", door.bodyType().orElse("text/plain"));
        return caller.send(
                door.method().equals("GET")
                        ? http.GET()
                        : http.POST(BodyPublishers.ofString(request.body().orElse(""))));
    }

    private static Optional<String> complaint(Api.Operation door, HttpResponse<String> answer) {
        int status = answer.statusCode();
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (status >= 500) {
            return Optional.of("a fault");
        }
        if (!door.statuses().contains(Integer.toString(status))) {
            return Optional.of("a status that is not documented");
        }
        return status >= 400 && !type.equals("application/problem+json") ? Optional.of("no problem") : Optional.empty();
    }

    private static String text(String why, Api.Operation door, Request request, HttpResponse<String> answer) {
        return "%s: %d to %s %s: %s".formatted(why, answer.statusCode(), door.method(), request, answer.body());
    }

    private Request fitting(Api.Operation door) {
        return new Request(
                path(door, Optional.empty(), ""),
                door.bodyType()
                        .map(type ->
                                door.takesJson() ? api.valid(door.bodySchema()).toString() : "text"));
    }

    /** Every request with one thing wrong. */
    public List<Request> wrong(Api.Operation door) {
        Request fitting = fitting(door);
        List<Request> wrong = new ArrayList<>();
        for (Api.Parameter parameter : door.parameters()) {
            if (!parameter.in().equals("header")) {
                WrongParameters.of(parameter.schema())
                        .forEach(value ->
                                wrong.add(new Request(path(door, Optional.of(parameter), value), fitting.body())));
            }
        }
        if (door.takesJson()) {
            WrongBodies.of(api, door.bodySchema())
                    .forEach(body -> wrong.add(new Request(fitting.path(), Optional.of(body))));
        }
        return wrong;
    }

    private String path(Api.Operation door, Optional<Api.Parameter> wrong, String value) {
        String path = door.path();
        String query = "";
        for (Api.Parameter parameter : door.parameters()) {
            boolean isWrong = wrong.filter(parameter::equals).isPresent();
            if (parameter.in().equals("path")) {
                String text = isWrong ? value : api.valid(parameter.schema()).asText();
                path = path.replace("{" + parameter.name() + "}", text);
            } else if (isWrong) {
                query = "?" + parameter.name() + "=" + value;
            }
        }
        return path + query;
    }
}
