package org.sealkeeper.cli.administration;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sealkeeper.ceremony.Officers;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.planning.PlannedStep;
import org.sealkeeper.keys.planning.PlannedStep.Action;
import org.sealkeeper.keys.provisioning.Change;
import org.sealkeeper.keys.provisioning.DeclaredRecipient;
import org.sealkeeper.keys.provisioning.KeysFile;
import org.sealkeeper.keys.provisioning.Recipients;

/**
 * What is to be done about recipients and officers that are declared. Who is not declared any more is retired: the list says to whom data keys
 * may be released.
 *
 * @param known the recipients that are enrolled
 * @param officers those in force
 */
record AccessSteps(Recipients recipients, List<Recipient> known, List<TokenLabel> tokens, Optional<Officers> officers) {
    AccessSteps {
        known = known.stream()
                .filter(recipient -> recipient.retiredAt().isEmpty())
                .toList();
    }

    List<PlannedStep> of(KeysFile declared) {
        List<PlannedStep> steps = new ArrayList<>();
        declared.recipients().ifPresent(list -> {
            Set<PublicKey> keys = new HashSet<>();
            for (DeclaredRecipient recipient : list) {
                if (!keys.add(certificate(recipient).getPublicKey())) {
                    throw new ConfigurationFault("recipient '" + recipient.name()
                            + "' is declared with the key of another one; give each recipient a key of its own");
                }
                steps.add(step(recipient));
            }
            Set<RecipientName> names =
                    list.stream().map(DeclaredRecipient::name).collect(Collectors.toUnmodifiableSet());
            known.stream()
                    .filter(recipient -> !names.contains(recipient.name()))
                    .forEach(recipient -> steps.add(retirement(recipient)));
        });
        declared.officers().ifPresent(file -> steps.add(step(file)));
        return steps;
    }

    private PlannedStep step(DeclaredRecipient declared) {
        X509Certificate certificate = certificate(declared);
        boolean isKnown = known.stream()
                .anyMatch(recipient -> recipient.name().equals(declared.name())
                        && recipient.certificate().getPublicKey().equals(certificate.getPublicKey()));
        String name = "recipient '" + declared.name() + "'";
        if (isKnown) {
            return new PlannedStep(Action.NOTHING, name, tokens, "it is enrolled");
        }
        try {
            return new PlannedStep(
                            Action.ENROLL,
                            name,
                            tokens,
                            "run 'sealkeeper recipients enroll --name " + declared.name() + " --certificate "
                                    + declared.certificate() + "'")
                    .by(recipients.enrollment(declared.name(), certificate));
        } catch (ConfigurationFault cannot) {
            return new PlannedStep(Action.ENROLL, name, tokens, "it cannot be: " + cannot.getMessage());
        }
    }

    /** Of a chain, its own is the first. */
    private static X509Certificate certificate(DeclaredRecipient declared) {
        return InputFile.keyFile(declared.certificate()).certificates().getFirst();
    }

    private PlannedStep retirement(Recipient recipient) {
        return new PlannedStep(
                        Action.RETIRE,
                        "recipient '" + recipient.name() + "'",
                        tokens,
                        "it is not declared any more: run 'sealkeeper recipients retire --name " + recipient.name()
                                + "'")
                .by(new Change.RetireRecipient(recipient.name()));
    }

    private PlannedStep step(Path file) {
        Officers declared = Officers.parse(file, ConfigFile.text(file));
        boolean areInForce = officers.map(Officers::digest).equals(Optional.of(declared.digest()));
        return areInForce
                ? new PlannedStep(Action.NOTHING, "officers", tokens, "they are in force")
                : new PlannedStep(Action.CHANGE, "officers", tokens, "run 'sealkeeper officers set -f " + file + "'")
                        .by(new Change.ChangeOfficers(declared.text()));
    }
}
