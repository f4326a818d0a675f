package org.sealkeeper.cli.ceremony;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the changes of an approved request. */
@Command(
        name = "execute",
        mixinStandardHelpOptions = true,
        description = {
            "Make the changes of a request, if enough officers approved it, and it still means what they approved: the same",
            "tokens, keys and recipients. Makes exactly these changes, once. May be interrupted at any moment and run again;",
            "then the approvals need not be given again.",
            "Where no officers approve changes, a request needs no approval."
        },
        footer = {
            "",
            "Exit codes: 0 all changes are made, 1 refused: nothing was changed, 2 wrong usage or configuration, 3 a token or the",
            "store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper ceremony execute requests/5f0c4e9aa2b13d77.request --approval alice.approval --approval bob.approval \\",
            "      --config appliance.yaml"
        })
final class CeremonyExecuteCommand implements Callable<Integer> {
    @Mixin
    RequestExecution execution;

    @Override
    public Integer call() {
        return execution.run();
    }
}
