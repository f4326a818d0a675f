package org.sealkeeper.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.connection.ManagementPort;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.HsmFault;
import org.sealkeeper.hsm.TokenDescription;
import org.sealkeeper.hsm.TokenReport;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.kernel.TokenLabel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the tokens are like. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show what each token is like: state, reason, sessions, flags, firmware, mechanisms, clock.",
            "Asks the running appliance at the management address of its file. Where nothing listens there, it asks the tokens "
                    + "themselves, without a login."
        },
        footer = {
            "",
            "Exit codes: 0 all ready, or found where no appliance uses them, 2 wrong usage or",
            "configuration, 3 one is not ready, or failed.",
            "",
            "Example:",
            "  sealkeeper token status --config appliance.yaml"
        })
final class TokenStatusCommand implements Callable<Integer> {
    private static final String PATH = "/q/tokens";
    /** For the appliance to tell that the token did not answer within its deadline. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        List<JsonNode> reports = reports(appliance, TokenSettings.of(appliance));
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode report : reports) {
            if (json) {
                out.println(report);
            } else {
                TokenStatusText.of(report).forEach(out::println);
            }
        }
        boolean areReady =
                reports.stream().allMatch(report -> report.path("ready").asBoolean(true));
        return areReady ? ExitCode.OK : ExitCode.FAULT;
    }

    private static List<JsonNode> reports(ApplianceFile appliance, List<TokenSettings> tokens) {
        Duration deadline = tokens.stream()
                .map(token -> token.profile().deadline())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new ManagementPort(appliance.management())
                .get(PATH, deadline.plus(PATIENCE))
                .map(answer -> requireOf(appliance.tokenLabels(), answer))
                .orElseGet(
                        () -> tokens.stream().map(TokenStatusCommand::notInUse).toList());
    }

    /** One that is not there must not hide the others. */
    private static JsonNode notInUse(TokenSettings token) {
        try {
            var description = TokenDescription.find(token.profile(), token.label());
            return new ObjectMapper().valueToTree(TokenReport.notInUse(token.label(), description));
        } catch (HsmFault fault) {
            return new ObjectMapper().valueToTree(TokenReport.notFound(token.label(), fault));
        }
    }

    /** Two appliances of one machine may have the same management address in their files. */
    private static List<JsonNode> requireOf(List<TokenLabel> labels, JsonNode answer) {
        List<JsonNode> reports = new ArrayList<>();
        answer.path("tokens").forEach(reports::add);
        List<String> expected = labels.stream().map(TokenLabel::value).toList();
        List<String> found =
                reports.stream().map(report -> report.path("label").asText()).toList();
        if (!found.equals(expected)) {
            throw new ConfigurationFault("expected the appliance of the tokens " + expected
                    + " at the management address, found "
                    + (found.isEmpty() ? "something else" : "that of " + found)
                    + "; correct 'management', or --config");
        }
        return reports;
    }
}
