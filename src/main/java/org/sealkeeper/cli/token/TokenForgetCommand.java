package org.sealkeeper.cli.token;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sealkeeper.audit.AuditFile;
import org.sealkeeper.audit.Leaf;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.rollback.LostToken;
import org.sealkeeper.rollback.TokenMemories;
import org.sealkeeper.store.ServingLock;
import org.sealkeeper.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets an appliance go on without a token that is lost for good. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = {
            "Go on without a token that is lost for good. Its keys sign no more, what they signed stays valid, and it may be",
            "taken out of the appliance's file. Stop the appliance first.",
            "",
            "Where the appliance does not start because the lost token alone may know what was signed last, the others are told",
            "to go on without it. Be sure then that the store is the newest one, and no backup: what was signed since they last",
            "remembered is remembered by nothing else. The audit log records it."
        },
        footer = {
            "",
            "Exit codes: 0 forgotten, 2 refused (nothing was changed), 3 a token or the store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper token forget --config appliance.yaml --label lab-2"
        })
final class TokenForgetCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(names = "--label", required = true, paramLabel = "LABEL", description = "The token that is lost.")
    TokenLabel label;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile appliance = config.read();
        var _ = DeclaredToken.of(appliance, Optional.of(label));
        AuditFile audit = AuditFile.read(appliance.audit());
        try (Store store = Store.open(appliance.store());
                var _ = ServingLock.take(appliance.store());
                Tokens tokens = Tokens.open(TokenSettings.of(appliance))) {
            var memories = new TokenMemories(tokens, System::nanoTime);
            var catalogue = KeyCatalogue.open(store, appliance.tokenLabels());
            Leaf leaf = LostToken.leaf(label, InstantSource.system().instant());
            new LostToken(store, memories, audit, Chains::heads).forget(label, () -> catalogue.deactivate(label, leaf));
        }
        print();
        return ExitCode.OK;
    }

    private void print() {
        var members = new LinkedHashMap<String, Object>();
        members.put("label", label.value());
        members.put("outcome", "forgotten");
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? JsonResult.of(members)
                                : "token '" + label + "': forgotten; the others remember without it");
    }
}
