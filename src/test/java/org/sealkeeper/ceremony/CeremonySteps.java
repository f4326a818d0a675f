package org.sealkeeper.ceremony;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sealkeeper.testing.Command;

/**
 * The steps of ceremonies, with the officers of a folder.
 *
 * @param here runs a command, with {@code @/} for the folder
 * @param on runs a command on the appliance
 * @param pin the file of the security officer's PIN
 */
public record CeremonySteps(Path folder, Function<String[], Command> here, Function<String[], Command> on, String pin) {

    /** The file of a request that this command makes. */
    public Path request(String... words) {
        Command made = on(Stream.concat(Stream.of(words), Stream.of("--request", "@/requests")));
        return Path.of(made.out()
                .lines()
                .filter(line -> line.startsWith("written to "))
                .map(line -> line.substring("written to ".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(made.out() + made.err())));
    }

    /** How a request's file and its digest begin. */
    public static String digest(Path request) {
        return request.getFileName().toString().substring(0, 16);
    }

    /** The file of an officer's approval. */
    public String approve(Path request, String officer) {
        return approve(request, officer, "--key", "@/" + officer + ".key", "--certificate", "@/" + officer + ".pem");
    }

    /** As above, with a key from elsewhere. */
    public String approve(Path request, String officer, String... key) {
        String approval =
                folder.resolve(officer + "-" + digest(request) + ".approval").toString();
        Stream<String> words = Stream.of(
                "ceremony",
                "approve",
                request.toString(),
                "--digest",
                digest(request),
                "--as",
                officer,
                "--out",
                approval);
        Command _ = here.apply(Stream.concat(words, Stream.of(key)).toArray(String[]::new))
                .succeeded();
        return approval;
    }

    /** Executes it, with the security officer's PIN. */
    public Command execute(Path request, String... approvals) {
        return on(Stream.concat(
                Stream.of("ceremony", "execute", request.toString(), "--so-pin-file", pin),
                Stream.of(approvals).flatMap(approval -> Stream.of("--approval", approval))));
    }

    private Command on(Stream<String> words) {
        return on.apply(words.toArray(String[]::new));
    }
}
