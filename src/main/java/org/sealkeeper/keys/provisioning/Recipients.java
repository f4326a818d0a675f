package org.sealkeeper.keys.provisioning;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sealkeeper.audit.Decision;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.RecipientKey;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.Recipient;
import org.sealkeeper.keys.RecipientRow;
import org.sealkeeper.store.Store;

/**
 * Enrolls and retires the recipients of data keys: in the store, which names them, and in the tokens, which trust their
 * keys. May die at any moment: the row comes first, and the same command run again finishes what was begun.
 */
public final class Recipients {
    private final RecipientTable table;
    private final KeyEncryptionKeys keys;
    private final InstantSource clock;
    private final ChangePermit permit;

    public Recipients(Store store, InstantSource clock, ChangePermit permit) {
        this.permit = permit;
        this.table = new RecipientTable(store);
        this.keys = new KeyEncryptionKeys(store);
        this.clock = clock;
    }

    /** Of these tokens, those that must trust recipients: the ones with key-encryption keys, or all before there are any. */
    public List<TokenLabel> tokens(List<TokenLabel> ofAppliance) {
        Set<TokenLabel> holding = keys.tokens();
        List<TokenLabel> needed = ofAppliance.stream().filter(holding::contains).toList();
        return needed.isEmpty() ? ofAppliance : needed;
    }

    /**
     * Creates the key of a certificate as a trusted one in each token, as its security officer, unless it is there.
     *
     * @param officers of all {@link #tokens}
     * @throws ConfigurationFault if the certificate is not of an RSA key of 3072 bits or more, is not valid now, or name or
     *     key are taken
     */
    public ProvisionedRecipient enroll(
            RecipientName name, X509Certificate certificate, List<SecurityOfficer> officers) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Recipient wanted = recipient(name, certificate, now);
        Decision by = permit.require(enrollment(name, certificate));
        Optional<RecipientRow> known = table.current(name);
        if (known.isEmpty()) {
            table.begin(wanted);
        }
        Recipient enrolled = known.map(RecipientRow::recipient).orElse(wanted);
        boolean created = trust(enrolled, officers);
        if (known.map(RecipientRow::state).equals(Optional.of(RecipientRow.State.ENROLLED))) {
            return new ProvisionedRecipient(
                    enrolled, created ? ProvisionedKey.Outcome.FINISHED : ProvisionedKey.Outcome.UNCHANGED);
        }
        table.endEnrollment(enrolled, now, by);
        return new ProvisionedRecipient(
                enrolled, known.isPresent() ? ProvisionedKey.Outcome.FINISHED : ProvisionedKey.Outcome.CREATED);
    }

    /**
     * What {@link #enroll} changes.
     *
     * @throws ConfigurationFault as that does
     */
    public Change.EnrollRecipient enrollment(RecipientName name, X509Certificate certificate) {
        Recipient wanted = recipient(name, certificate, clock.instant());
        Optional<RecipientRow> known = table.current(name);
        known.ifPresent(row -> refuseOther(row, wanted));
        if (known.isEmpty()) {
            table.withKey(wanted.key()).ifPresent(row -> {
                throw new ConfigurationFault("the key of this certificate is that of recipient '"
                        + row.recipient().name() + "' already; give each recipient a key of its own");
            });
        }
        return new Change.EnrollRecipient(name, certificate);
    }

    private static boolean trust(Recipient recipient, List<SecurityOfficer> officers) {
        boolean created = false;
        for (SecurityOfficer officer : officers) {
            created |= officer.trust(recipient.key(), recipient.label());
        }
        return created;
    }

    /**
     * Ends releases to a recipient at once, then destroys its key in every token and proves that it is gone.
     *
     * @return false if it was retired before
     * @throws org.sealkeeper.hsm.HsmFault also if one of the tokens is not used now
     * @throws ConfigurationFault if there never was such a recipient
     */
    public boolean retire(RecipientName name, Tokens tokens) {
        Change.RetireRecipient change = retirement(name);
        Optional<RecipientRow> known = table.current(name);
        if (known.isEmpty()) {
            return false;
        }
        Decision by = permit.require(change);
        Instant now = clock.instant();
        table.beginRetirement(known.get().recipient(), now);
        tokens.used()
                .forEach(token -> token.dataKeyAdministration()
                        .distrust(known.get().recipient().key()));
        List<Hsm> _ = tokens.requireUsed(tokens.labels());
        table.endRetirement(known.get().recipient(), now, by);
        return true;
    }

    /**
     * What {@link #retire} changes.
     *
     * @throws ConfigurationFault as that does
     */
    public Change.RetireRecipient retirement(RecipientName name) {
        if (table.current(name).isEmpty() && !table.wasRetired(name)) {
            throw new ConfigurationFault(
                    "there is no recipient '" + name + "'; 'sealkeeper recipients list' shows those there are");
        }
        return new Change.RetireRecipient(name);
    }

    private static Recipient recipient(RecipientName name, X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            var key = new RecipientKey(certificate.getPublicKey().getEncoded());
            return new Recipient(name, key, certificate, now, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFault("the certificate cannot be a recipient's: " + e.getMessage(), e);
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new ConfigurationFault(
                    "the certificate is not valid now: expected a time from "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + ", it is " + now,
                    e);
        }
    }

    private static void refuseOther(RecipientRow known, Recipient wanted) {
        if (known.state() == RecipientRow.State.RETIRING) {
            throw new ConfigurationFault("recipient '" + wanted.name()
                    + "' is being retired; run 'sealkeeper recipients retire' again first");
        }
        if (!known.recipient().key().equals(wanted.key())) {
            throw new ConfigurationFault("recipient '" + wanted.name() + "' has another key (SHA-256 "
                    + known.recipient().key()
                    + "); retire it first, or choose a new name");
        }
    }
}
