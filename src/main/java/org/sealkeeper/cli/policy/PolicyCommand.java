package org.sealkeeper.cli.policy;

import picocli.CommandLine.Command;

/** Commands about the policy. */
@Command(
        name = "policy",
        description = "Check, explain, test, compare and approve policies, and make past decisions again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyCheckCommand.class,
            PolicyExplainCommand.class,
            PolicyTestCommand.class,
            PolicyDiffCommand.class,
            PolicyApproveCommand.class,
            PolicyReplayCommand.class
        })
public final class PolicyCommand {}
