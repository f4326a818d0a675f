package org.sealkeeper.cli.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.ceremony.Approval;
import org.sealkeeper.ceremony.Officer;
import org.sealkeeper.ceremony.OfficerName;
import org.sealkeeper.ceremony.Request;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.config.ConfigurationFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs the digest of a request, as an officer. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Show what a request asks for, in words, and approve it with the officer's own key.",
            "Needs neither the appliance nor its tokens: run it on the officer's own machine.",
            "Without --digest it shows the request alone. Compare the digest with those who approve it, too."
        },
        footer = {
            "",
            "Exit codes: 0 approved, or shown, 1 the digest is another, 2 wrong usage, or the file or the key cannot be used.",
            "",
            "Examples:",
            "  sealkeeper ceremony approve requests/5f0c4e9aa2b13d77.request",
            "  sealkeeper ceremony approve requests/5f0c4e9aa2b13d77.request --digest 5f0c4e9aa2b13d77 --as alice \\",
            "      --key alice.p12 --password-file alice.password --out alice.approval"
        })
final class CeremonyApproveCommand implements Callable<Integer> {
    /** 64 bits: none finds another request for what was read aloud. */
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{16,64}");

    @Parameters(paramLabel = "REQUEST", description = "The request.")
    Path file;

    @Option(
            names = "--digest",
            paramLabel = "HEX",
            description = "The digest of the request that is meant, or its first 16 digits or more.")
    @Nullable
    String digest;

    @Option(names = "--as", paramLabel = "NAME", description = "The officer's name in officers.yaml.")
    @Nullable
    String name;

    @Mixin
    OfficerKeyOptions key;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the approval goes.")
    @Nullable
    OutputFile out;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Request request = CeremonyFiles.request(file);
        if (digest == null) {
            new RequestText(request).lines().forEach(spec.commandLine().getOut()::println);
            return ExitCode.OK;
        }
        if (!DIGEST.matcher(digest).matches()) {
            throw new ConfigurationFault("--digest: expected 16 to 64 lowercase hexadecimal digits");
        }
        if (!request.digest().startsWith(digest)) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "sealkeeper: " + file + ": expected the request " + digest + ", found " + request.digest());
            return ExitCode.INVALID;
        }
        return approve(request);
    }

    private int approve(Request request) {
        if (name == null || out == null) {
            throw new ConfigurationFault("expected --as NAME and --out FILE beside --digest");
        }
        OfficerKey opened = key.open();
        Officer officer = officer(name, opened);
        byte[] input = Approval.signingInput(officer, request.digest(), Instant.now());
        Approval approval = Approval.assemble(input, opened.sign(officer.key().algorithm(), input));
        if (!approval.isSignedBy(officer)) {
            throw new ConfigurationFault("the officer's key and certificate do not belong together");
        }
        out.write((approval.jws() + "\n").getBytes(UTF_8));
        tell(request, approval);
        return ExitCode.OK;
    }

    private static Officer officer(String name, OfficerKey opened) {
        try {
            return new Officer(new OfficerName(name), opened.chain());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault("the officer cannot approve: " + e.getMessage(), e);
        }
    }

    private void tell(Request request, Approval approval) {
        PrintWriter told = spec.commandLine().getOut();
        if (!json) {
            new RequestText(request).lines().forEach(told::println);
            told.println("Approved by " + approval.officer() + ", written to " + out);
            return;
        }
        var members = new LinkedHashMap<String, Object>();
        members.put("request", request.digest());
        members.put("officer", approval.officer());
        members.put("approvedAt", approval.approvedAt());
        members.put("file", String.valueOf(out));
        told.println(JsonResult.of(members));
    }
}
