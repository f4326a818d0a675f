package org.sealkeeper.cli.ceremony;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sealkeeper.ceremony.CeremonyRecords;
import org.sealkeeper.ceremony.CeremonyRow;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the requests that were begun. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the requests that were begun, executed or abandoned. Needs the store, not the token.",
        footer = {
            "",
            "Exit codes: 0 listed, 2 wrong usage or configuration, 3 the store failed.",
            "",
            "Example:",
            "  sealkeeper ceremony list --config appliance.yaml"
        })
final class CeremonyListCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--json", description = "Print one JSON object a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Store store = Store.open(config.read().store())) {
            new CeremonyRecords(store).all().forEach(row -> out.println(json ? json(row) : line(row)));
        }
        return ExitCode.OK;
    }

    private static String line(CeremonyRow row) {
        return "%s %s %s: %s, approved by %s"
                .formatted(
                        row.begunAt(),
                        row.request().digest(),
                        row.state().text(),
                        operations(row),
                        row.approvals().isEmpty() ? "no officer" : officers(row));
    }

    private static String json(CeremonyRow row) {
        var members = new LinkedHashMap<String, Object>();
        members.put("request", row.request().digest());
        members.put("state", row.state().text());
        members.put(
                "changes",
                row.request().changes().stream()
                        .map(change -> change.operation().text())
                        .toList());
        members.put(
                "approvedBy",
                row.approvals().stream()
                        .map(approval -> approval.officer().value())
                        .toList());
        members.put("begunAt", row.begunAt());
        row.endedAt().ifPresent(at -> members.put("endedAt", at));
        return JsonResult.of(members);
    }

    private static String operations(CeremonyRow row) {
        return row.request().changes().stream()
                .map(change -> change.operation().text())
                .collect(Collectors.joining(", "));
    }

    private static String officers(CeremonyRow row) {
        return row.approvals().stream()
                .map(approval -> approval.officer().value())
                .collect(Collectors.joining(", "));
    }
}
