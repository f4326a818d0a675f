package org.sealkeeper.ceremony;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.pki.Judgement;
import org.sealkeeper.pki.KeyFile;

/**
 * Judges whether enough officers approved a request.
 *
 * @param officers those in force; empty where one operator alone changes keys
 * @param lists what the authorities of the officers' certificates revoked; empty where they revoke nothing
 */
public record ApprovalJudge(Optional<Officers> officers, Optional<KeyFile> lists) {

    /**
     * The verdict at a moment.
     *
     * @throws org.sealkeeper.config.ConfigurationFault if the revocation lists are not current
     */
    public Verdict judge(Request request, List<Approval> approvals, Instant now) {
        return whyNot(request, approvals, now)
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> new Verdict.Approved(
                        approvals.stream().map(Approval::officer).toList()));
    }

    private Optional<String> whyNot(Request request, List<Approval> approvals, Instant now) {
        if (!request.officers().equals(officers.map(Officers::digest))) {
            return Optional.of("it was made while other officers approved changes: make the request anew");
        }
        if (now.isBefore(request.createdAt()) || now.isAfter(request.validUntil())) {
            return Optional.of("it is valid from " + request.createdAt() + " to " + request.validUntil() + ", it is "
                    + now + ": make the request anew");
        }
        return officers.isPresent()
                ? whyNot(request, approvals, officers.get(), now)
                : approvals.stream()
                        .map(approval -> "no officers are in force, and '" + approval.officer() + "' approved it")
                        .findFirst();
    }

    private Optional<String> whyNot(Request request, List<Approval> approvals, Officers known, Instant now) {
        Set<OfficerName> counted = new HashSet<>();
        for (Approval approval : approvals) {
            Optional<String> complaint = complaint(request, approval, known, now);
            if (complaint.isPresent()) {
                return complaint;
            }
            if (!counted.add(approval.officer())) {
                return Optional.of("the officer '" + approval.officer() + "' approved it twice, which counts once");
            }
        }
        int needed = request.needed(known);
        return counted.size() < needed
                ? Optional.of("it needs the approvals of " + needed + " officers, found " + counted.size())
                : Optional.empty();
    }

    private Optional<String> complaint(Request request, Approval approval, Officers known, Instant now) {
        String of = "the approval of '" + approval.officer() + "' ";
        Optional<Officer> officer = known.named(approval.officer());
        if (officer.isEmpty()) {
            return Optional.of(of + "is of no officer in force");
        }
        if (!approval.isSignedBy(officer.get())) {
            return Optional.of(of + "is not signed with that officer's key");
        }
        if (!approval.request().equals(request.digest())) {
            return Optional.of(of + "is for another request, " + approval.request());
        }
        if (approval.approvedAt().isBefore(request.createdAt())
                || approval.approvedAt().isAfter(request.validUntil())) {
            return Optional.of(of + "is of " + approval.approvedAt() + ", when the request was not valid");
        }
        return switch (known.judge(officer.get(), lists, now)) {
            case Judgement.Genuine _ -> Optional.empty();
            case Judgement.Refused(var why) -> Optional.of("the certificate of '" + approval.officer() + "' " + why);
        };
    }
}
