package org.sealkeeper.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The verifier in one file, made of its modules: each after those that it imports, without the lines that say so. The policy of the page
 * lets run what is in it, and nothing else.
 */
final class VerifierPage {
    static final Path FILE = Path.of("docs/verify.html");

    private static final Path FOLDER = Path.of("src/main/resources/org/sealkeeper/verifier");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .* from '\\./(.*)';\n");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ");

    private final Set<String> seen = new LinkedHashSet<>();
    private final StringBuilder script = new StringBuilder("\n");

    private VerifierPage() {}

    static String make() {
        var page = new VerifierPage();
        page.add("page.js");
        String script = page.script.toString();
        String style = "\n" + read("verifier.css");
        String policy = "default-src 'none'; script-src '" + hash(script) + "'; style-src '" + hash(style)
                + "'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
        return read("page.html")
                .replace("${policy}", policy)
                .replace("${style}", style)
                .replace("${script}", script);
    }

    /** The modules that are part of the page. */
    static Set<String> modules() {
        var page = new VerifierPage();
        page.add("page.js");
        return page.seen;
    }

    /** Those that lie in the folder. */
    static Set<String> found() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".js"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String module) {
        if (seen.add(module)) {
            String text = read(module);
            IMPORT.matcher(text).results().forEach(imported -> add(imported.group(1)));
            script.append(EXPORT.matcher(IMPORT.matcher(text).replaceAll("")).replaceAll(""))
                    .append('\n');
        }
    }

    static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As CSP level 3 names what may run. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
