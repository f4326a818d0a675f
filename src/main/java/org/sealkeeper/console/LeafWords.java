package org.sealkeeper.console;

import java.util.Optional;
import org.sealkeeper.audit.LeafField;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.audit.RecordedLeaf;

/** A leaf in a sentence of two parts: who asked, and for what and how it ended. */
record LeafWords(RecordedLeaf leaf) {

    String what() {
        return asked() + "; " + how() + times() + ".";
    }

    String who() {
        return leaf.text(LeafField.CALLER)
                .map(caller -> caller + text(" for ", LeafField.SUBJECT))
                .or(() -> leaf.text(LeafField.SUBJECT).map(subject -> subject + text(" of ", LeafField.ISSUER)))
                .orElseGet(() -> switch (leaf.text(LeafField.AUTHENTICATION).orElse("")) {
                    case "appliance" -> "The appliance";
                    case "local-command" -> "A command of the operator";
                    default -> "An unknown caller";
                });
    }

    private String asked() {
        return leaf.text(LeafField.OPERATION)
                .flatMap(Operation::named)
                .map(this::asked)
                .orElse("something that this version does not know");
    }

    private String asked(Operation operation) {
        return switch (operation) {
            case SIGN_BLOCK -> "sign block" + number(" ", LeafField.HEIGHT) + text(" of chain ", LeafField.CHAIN);
            case READ_CHAIN -> "read chain" + text(" ", LeafField.CHAIN);
            case VERIFY_SIGNATURE -> "have a signature verified";
            case READ_KEYS -> "read the list of keys";
            case READ_AUDIT_LOG -> "read the audit log";
            case READ_STATUS -> "look how the appliance is doing";
            case READ_POLICY -> "read the policy";
            case READ_EMERGENCIES -> "read emergencies and their justifications";
            case REVIEW_EMERGENCY ->
                "review the emergency" + number(" of leaf ", LeafField.EMERGENCY) + text(" as ", LeafField.VERDICT);
            case RECEIVE_COSIGNATURE -> "bring a witness's cosignature";
            case COSIGN_CHECKPOINT -> "cosign a checkpoint" + text(" of ", LeafField.LOG);
            case GENERATE_DATA_KEY -> "make a data key" + ofKey() + recipient();
            case UNWRAP_DATA_KEY ->
                "have a data key released" + ofKey() + recipient() + text(" for ", LeafField.PURPOSE);
            case REWRAP_DATA_KEY -> "move a data key to a newer version" + ofKey();
            case BEGIN_EMERGENCY_ACCESS -> "break the glass" + ofKey() + text(" for ", LeafField.PURPOSE);
            case END_EMERGENCY_ACCESS -> "end an emergency" + ofKey();
            case CREATE_KEY -> "make key" + version();
            case ROTATE_KEY -> "make a new version of key" + version();
            case DESTROY_KEY -> "destroy key" + version();
            case CHANGE_KEY_STATE -> "change the state of key" + version() + text(" to ", LeafField.KEY_STATE);
            case IMPORT_CERTIFICATE -> "give another certificate to key" + version();
            case ENROLL_RECIPIENT -> "enroll recipient" + text(" ", LeafField.RECIPIENT);
            case RETIRE_RECIPIENT -> "retire recipient" + text(" ", LeafField.RECIPIENT);
            case OPEN_REWRAP_WINDOW -> "open a rewrap window" + ofKey();
            case CLOSE_REWRAP_WINDOW -> "close a rewrap window" + ofKey();
            case CHANGE_OFFICERS -> "change the officers who approve changes";
            case APPROVE_POLICY -> "let a policy come into force";
            case EXPORT_CATALOGUE -> "write the catalogue of keys into a file";
            case IMPORT_CATALOGUE -> "take what the store lacked from a catalogue";
            case CONDUCT_CEREMONY -> "make the changes of a request that officers approved";
            case LOAD_POLICY -> "put a policy in force";
            case LOAD_CERTIFICATE -> "take another TLS certificate";
            case LOAD_AUTHORITIES -> "take other authorities of clients";
            case START_APPLIANCE -> "start";
            case STOP_APPLIANCE -> "stop";
            case ACCEPT_ROLLBACK -> "accept that the store had been turned back";
            case CLOSE_CHAIN -> "close chain" + text(" ", LeafField.CHAIN) + text(" for ", LeafField.LOG);
            case OPEN_CHAIN -> "open chain" + text(" ", LeafField.CHAIN) + text(" of ", LeafField.LOG);
            case FORGET_TOKEN -> "give up token" + text(" ", LeafField.TOKEN);
            case ACKNOWLEDGE_APPLIANCE -> "take note of another appliance" + text(" ", LeafField.LOG);
            case RETIRE_APPLIANCE -> "retire the appliance" + text(" ", LeafField.LOG);
            case STOP_SIGNING -> "stop signing";
            case CHANGE_TOKEN_STATE -> "note another state of token" + text(" ", LeafField.TOKEN);
            case ASSESS_APPLIANCE -> "assess the appliance";
            case OTHER_REQUEST -> "something that was refused before it was known what it is";
        };
    }

    private String how() {
        String reason = leaf.text(LeafField.REASON).map(why -> " (" + why + ")").orElse("");
        return switch (outcome()) {
                    case BEGUN -> "allowed and about to be done";
                    case DONE -> "done";
                    case REPLAYED -> "done before, and answered in the same way";
                    case REFUSED -> "refused" + reason;
                    case FAILED -> "failed" + reason;
                }
                + decidedBy();
    }

    /** The rules of a policy; others are rules of the program's own. */
    private String decidedBy() {
        return leaf.text(LeafField.POLICY).isPresent() ? text(", decided by ", LeafField.RULE) : "";
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
