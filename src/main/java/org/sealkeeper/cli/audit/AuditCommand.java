package org.sealkeeper.cli.audit;

import picocli.CommandLine.Command;

/** Commands about the appliance's record of what it did. */
@Command(
        name = "audit",
        description = "Mirror an appliance's audit log, and verify it offline.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AuditFetchCommand.class,
            AuditVerifyCommand.class,
            AuditShowCommand.class,
            AuditSearchCommand.class,
            AuditDisclosuresCommand.class,
            AuditExportCommand.class,
            AuditEmergenciesCommand.class,
            AuditAcceptRollbackCommand.class
        })
public final class AuditCommand {}
