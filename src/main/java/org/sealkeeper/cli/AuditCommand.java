package org.sealkeeper.cli;

import picocli.CommandLine.Command;

/** Commands about the audit log. */
@Command(
        name = "audit",
        description = "Fetch, verify and search an appliance's audit log.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditAcceptRollbackCommand.class})
final class AuditCommand {}
