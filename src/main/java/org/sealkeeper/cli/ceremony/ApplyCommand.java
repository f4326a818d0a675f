package org.sealkeeper.cli.ceremony;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Does exactly what a plan asks for, or nothing. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Do exactly what a plan asks for, or nothing: the request that 'sealkeeper plan --request' wrote. It is refused where",
            "the tokens, the keys or the recipients are not what they were when the plan was made. Where officers approve changes,",
            "it needs their approvals, and is the same as 'ceremony execute'. May be interrupted at any moment and run again."
        },
        footer = {
            "",
            "Exit codes: 0 all changes are made, 1 refused: nothing was changed, 2 wrong usage or configuration, 3 a token or the",
            "store failed: run it again.",
            "",
            "Example:",
            "  sealkeeper plan -f hsm-config/keys.yaml --request plans/ --config appliance.yaml",
            "  sealkeeper apply plans/5f0c4e9aa2b13d77.request --config appliance.yaml"
        })
public final class ApplyCommand implements Callable<Integer> {
    @Mixin
    RequestExecution execution;

    @Override
    public Integer call() {
        return execution.run();
    }
}
