package org.sealkeeper.console;

import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;

/** A leaf in a sentence: who did what, and how it ended. */
record LeafWords(RecordedLeaf leaf) {

    String sentence() {
        return who() + " " + what() + ": " + how() + times() + ".";
    }

    private String who() {
        return leaf.text(LeafField.CALLER)
                .map(caller -> caller + text(" for ", LeafField.SUBJECT))
                .or(() -> leaf.text(LeafField.SUBJECT).map(subject -> subject + text(" of ", LeafField.ISSUER)))
                .orElseGet(() -> switch (leaf.text(LeafField.AUTHENTICATION).orElse("")) {
                    case "appliance" -> "The appliance";
                    case "local-command" -> "A command of the operator";
                    default -> "An unknown caller";
                });
    }

    private String what() {
        return leaf.text(LeafField.OPERATION)
                .flatMap(Operation::named)
                .map(this::what)
                .orElse("did something that this version does not know");
    }

    private String what(Operation operation) {
        return switch (operation) {
            case SIGN_BLOCK -> "signed block" + number(" ", LeafField.HEIGHT) + text(" of chain ", LeafField.CHAIN);
            case READ_CHAIN -> "read chain" + text(" ", LeafField.CHAIN);
            case VERIFY_SIGNATURE -> "had a signature verified";
            case READ_KEYS -> "read the list of keys";
            case READ_AUDIT_LOG -> "read the audit log";
            case READ_STATUS -> "looked how the appliance is doing";
            case READ_POLICY -> "read the policy";
            case READ_EMERGENCIES -> "read emergencies and their justifications";
            case REVIEW_EMERGENCY ->
                "reviewed the emergency" + number(" of leaf ", LeafField.EMERGENCY) + text(" as ", LeafField.VERDICT);
            case RECEIVE_COSIGNATURE -> "brought a witness's cosignature";
            case COSIGN_CHECKPOINT -> "cosigned a checkpoint" + text(" of ", LeafField.LOG);
            case GENERATE_DATA_KEY -> "made a data key" + ofKey() + recipient();
            case UNWRAP_DATA_KEY ->
                "had a data key released" + ofKey() + recipient() + text(" for ", LeafField.PURPOSE);
            case REWRAP_DATA_KEY -> "moved a data key to a newer version" + ofKey();
            case BEGIN_EMERGENCY_ACCESS -> "broke the glass" + ofKey() + text(" for ", LeafField.PURPOSE);
            case END_EMERGENCY_ACCESS -> "ended an emergency" + ofKey();
            case CREATE_KEY -> "made key" + version();
            case ROTATE_KEY -> "made a new version of key" + version();
            case DESTROY_KEY -> "destroyed key" + version();
            case CHANGE_KEY_STATE -> "changed the state of key" + version() + text(" to ", LeafField.KEY_STATE);
            case IMPORT_CERTIFICATE -> "gave another certificate to key" + version();
            case ENROLL_RECIPIENT -> "enrolled recipient" + text(" ", LeafField.RECIPIENT);
            case RETIRE_RECIPIENT -> "retired recipient" + text(" ", LeafField.RECIPIENT);
            case OPEN_REWRAP_WINDOW -> "opened a rewrap window" + ofKey();
            case CLOSE_REWRAP_WINDOW -> "closed a rewrap window" + ofKey();
            case CHANGE_OFFICERS -> "changed the officers who approve changes";
            case APPROVE_POLICY -> "let a policy come into force";
            case EXPORT_CATALOGUE -> "wrote the catalogue of keys into a file";
            case IMPORT_CATALOGUE -> "took what the store lacked from a catalogue";
            case CONDUCT_CEREMONY -> "made the changes of a request that officers approved";
            case LOAD_POLICY -> "put a policy in force";
            case LOAD_CERTIFICATE -> "took another TLS certificate";
            case LOAD_AUTHORITIES -> "took other authorities of clients";
            case START_APPLIANCE -> "started";
            case STOP_APPLIANCE -> "stopped";
            case ACCEPT_ROLLBACK -> "accepted that the store had been turned back";
            case CLOSE_CHAIN -> "closed chain" + text(" ", LeafField.CHAIN) + text(" for ", LeafField.LOG);
            case OPEN_CHAIN -> "opened chain" + text(" ", LeafField.CHAIN) + text(" of ", LeafField.LOG);
            case FORGET_TOKEN -> "gave up token" + text(" ", LeafField.TOKEN);
            case ACKNOWLEDGE_APPLIANCE -> "took note of another appliance" + text(" ", LeafField.LOG);
            case RETIRE_APPLIANCE -> "retired the appliance" + text(" ", LeafField.LOG);
            case STOP_SIGNING -> "stopped signing";
            case CHANGE_TOKEN_STATE -> "saw the state of token" + text(" ", LeafField.TOKEN) + " change";
            case OTHER_REQUEST -> "sent a request that was refused before it was known what it asks for";
        };
    }

    private String how() {
        String reason = leaf.text(LeafField.REASON).map(why -> " (" + why + ")").orElse("");
        return switch (outcome()) {
                    case BEGUN -> "allowed, and about to be done";
                    case DONE -> "done";
                    case REPLAYED -> "it had been done before, and got the same answer";
                    case REFUSED -> "refused" + reason;
                    case FAILED -> "failed" + reason;
                }
                + text(" by ", LeafField.RULE);
    }

    /** How it ended: a leaf of another version has none that is known, and is shown as one to look at. */
    Outcome outcome() {
        return leaf.text(LeafField.OUTCOME).flatMap(Outcome::named).orElse(Outcome.FAILED);
    }

    private String times() {
        return leaf.number(LeafField.COUNT).isPresent()
                ? ", " + leaf.number(LeafField.COUNT).getAsLong() + " times" + text(" since ", LeafField.SINCE)
                : "";
    }

    private String ofKey() {
        return text(" of key ", LeafField.KEY);
    }

    private String recipient() {
        return text(" to ", LeafField.RECIPIENT);
    }

    private String version() {
        return text(" ", LeafField.KEY) + number(" version ", LeafField.KEY_VERSION);
    }

    private String text(String before, LeafField field) {
        return leaf.text(field).map(value -> before + value).orElse("");
    }

    private String number(String before, LeafField field) {
        return Optional.of(leaf.number(field))
                .filter(value -> value.isPresent())
                .map(value -> before + value.getAsLong())
                .orElse("");
    }
}
