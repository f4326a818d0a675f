package org.sealkeeper.envelope;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sealkeeper.audit.AuditLog;
import org.sealkeeper.audit.Leaves;
import org.sealkeeper.audit.RecordedLeaf;
import org.sealkeeper.envelope.emergency.EmergencyAccess;
import org.sealkeeper.envelope.emergency.EmergencyNotice;
import org.sealkeeper.envelope.emergency.Justification;
import org.sealkeeper.gate.Decisions;
import org.sealkeeper.gate.Gate;
import org.sealkeeper.gate.PolicyRecord;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.SecurityOfficer;
import org.sealkeeper.hsm.Tokens;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.kernel.Context;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.RequestId;
import org.sealkeeper.kernel.SigningAlgorithm;
import org.sealkeeper.keys.DataKeys;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyEncryptionKeys;
import org.sealkeeper.keys.KeyPurpose;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.keys.LogKeys;
import org.sealkeeper.keys.provisioning.ChangeControl;
import org.sealkeeper.keys.provisioning.ChangePermit;
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.DeclaredKeyEncryptionKey;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Callers;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.SoftHsmToken;
import org.sealkeeper.testing.TestAppliance;

/** A desk over one real token or several and a real store, with two recipients; its clock is moved by hand. */
final class Desk implements AutoCloseable {
    static final KeyAlias PATIENT_DATA = new KeyAlias("patient-data");
    static final KeyAlias OTHER_DATA = new KeyAlias("other-data");
    static final RecipientName LAB = new RecipientName("lab-a");
    static final RecipientName CLINICIAN = new RecipientName("clinician-a");
    static final Requester LAB_A = requester("urn:lab-a");
    static final Requester CLINICIAN_A = requester("urn:clinician-a");
    static final Requester OFFICER = requester("urn:officer");
    static final Requester STRANGER = requester("urn:nobody");
    static final Context REPORT = Context.of(Map.of("lab", "lab-a", "report", "2026-0001"));

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String POLICY = """
            roles:
              labs: [{certificate: "urn:lab-a"}]
              clinicians: [{certificate: "urn:clinician-a"}]
              officers: [{certificate: "urn:officer"}]
            emergency: {windowMinutes: 15}
            grants:
              - {name: lab-makes, roles: [labs], operations: [generate-data-key], keys: ["*"]}
              - {name: lab-opens, roles: [labs], operations: [unwrap-data-key], keys: [patient-data], purposes: [PurposeOfUse]}
              - {name: clinicians-open, roles: [clinicians], operations: [unwrap-data-key], keys: [patient-data], purposes: [TREAT, BTG]}
              - {name: officers-rewrap, roles: [officers], operations: [rewrap-data-key], keys: ["*"]}
            denials: []
            ...
            """;

    final RecipientKeyPair lab = RecipientKeyPair.generate();
    final RecipientKeyPair clinician = RecipientKeyPair.generate();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final List<EmergencyNotice> alarms = new ArrayList<>();
    final TestAppliance appliance;
    final FaultyStore store;
    final KeyEncryptionKeys keys;
    final EmergencyAccess emergencies;
    final DataKeyDesk desk;
    private final Store real;
    private final List<SoftHsmToken> tokens;
    private final Tokens opened;
    private final Function<Tokens, DataKeyDesk> desks;
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    Desk(Path folder) {
        this(TestAppliance.in(folder), List.of());
    }

    /** @param others tokens beside that of the appliance, which comes last */
    Desk(TestAppliance appliance, List<SoftHsmToken> others) {
        this.appliance = appliance;
        tokens = Stream.concat(others.stream(), Stream.of(appliance.token())).toList();
        Path policy = appliance.write("policy.yaml", POLICY);
        real = Store.open(appliance.store());
        store = new FaultyStore(real);
        keys = new KeyEncryptionKeys(store);
        provision();
        opened = open();
        KeyRing ring = KeyRing.open(opened, KeyCatalogue.open(real, opened.labels()));
        var origin = new Origin("lab-a.example/test");
        AuditLog audit = AuditLog.open(store, origin, LogKeys.of(ring, origin), InstantSource.system());
        var inForce = new PolicyRecord(store, audit, this::now).load(policy, KnownNames.ANY);
        emergencies = new EmergencyAccess(store, audit, this::now, RANDOM, List.of(alarms::add));
        desks = with -> new DataKeyDesk(
                new Decisions(inForce, this::now),
                new Gate(ring, new DataKeys(with), store, audit, () -> {}),
                keys,
                audit,
                emergencies,
                this::now,
                new DataKeyMetrics(metrics),
                new IncompleteDataKeys(metrics));
        desk = desks.apply(opened);
    }

    private Tokens open() {
        return Tokens.open(tokens.stream().map(SoftHsmToken::settings).toList());
    }

    /** The same desk after all tokens but this one were lost. */
    DataKeyDesk with(Hsm alone) {
        return desks.apply(Tokens.of(alone));
    }

    private Instant now() {
        return now;
    }

    void wait(Duration time) {
        now = now.plus(time);
    }

    private static Requester requester(String uri) {
        return new Requester(Callers.certified(uri), new RequestId("test"));
    }

    /** A caller with the clinicians' certificate and a token of its own. */
    static Requester doctor(String subject) {
        var token = new BearerToken("https://idp.example", subject, Optional.empty(), Map.of());
        return new Requester(new Caller(CLINICIAN_A.caller().certificate(), Optional.of(token)), new RequestId("test"));
    }

    private void provision() {
        try (ProvisioningLock lock = ProvisioningLock.take(appliance.store())) {
            try (Tokens users = open()) {
                KeyCatalogue catalogue = KeyCatalogue.open(real, users.labels());
                var audit = new DeclaredKey(new KeyAlias("audit"), KeyPurpose.AUDIT_SIGNING, SigningAlgorithm.ES256);
                new Provisioning(
                                users,
                                catalogue,
                                RANDOM,
                                InstantSource.system(),
                                new ChangePermit(lock, ChangeControl.ofOperator()))
                        .apply(audit, users.all().getLast());
                var keks = new KeyEncryptionKeyProvisioning(
                        users,
                        real,
                        catalogue,
                        RANDOM,
                        InstantSource.system(),
                        new ChangePermit(lock, ChangeControl.ofOperator()));
                keks.apply(new DeclaredKeyEncryptionKey(PATIENT_DATA));
                keks.apply(new DeclaredKeyEncryptionKey(
                        OTHER_DATA, List.of(appliance.token().label())));
            }
            asOfficers(officers -> {
                var recipients = new Recipients(
                        real, InstantSource.system(), new ChangePermit(lock, ChangeControl.ofOperator()));
                recipients.enroll(LAB, lab.certificate(), officers);
                recipients.enroll(CLINICIAN, clinician.certificate(), officers);
            });
        }
    }

    private void asOfficers(Consumer<List<SecurityOfficer>> work) {
        List<SecurityOfficer> officers = tokens.stream()
                .map(token -> SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin()))
                .toList();
        try {
            work.accept(officers);
        } finally {
            officers.forEach(SecurityOfficer::close);
        }
    }

    DataKeyResult.Released generate() {
        return generate(PATIENT_DATA, REPORT);
    }

    DataKeyResult.Released generate(KeyAlias key, Context context) {
        return (DataKeyResult.Released) answer(LAB_A, new GenerateRequest(key, new NewContext(context), LAB));
    }

    DataKeyResult answer(Requester by, GenerateRequest request) {
        return desk.generate(by, request).toCompletableFuture().join().result();
    }

    DataKeyResult unwrap(String wrapped, Context context) {
        return unwrap(LAB_A, wrapped, context, "TREAT", LAB, Optional.empty());
    }

    DataKeyResult unwrap(
            Requester by,
            String wrapped,
            Context context,
            String purpose,
            RecipientName recipient,
            Optional<String> justification) {
        var request = new UnwrapRequest(
                wrapped,
                context,
                new PurposeOfUse(new Purpose(purpose)),
                recipient,
                justification.map(Justification::of));
        return desk.unwrap(by, request).toCompletableFuture().join().result();
    }

    /** Every leaf from an index on. */
    List<RecordedLeaf> leaves(long from) {
        return real.read(rows -> {
            List<RecordedLeaf> leaves = new ArrayList<>();
            var recorded = new Leaves(rows);
            for (long index = from; ; index++) {
                Optional<byte[]> entry = recorded.entry(index);
                if (entry.isEmpty()) {
                    return leaves;
                }
                leaves.add(RecordedLeaf.parse(entry.get()));
            }
        });
    }

    long logSize() {
        return leaves(0).size();
    }

    /** The appliance's token. */
    Hsm hsm() {
        return opened.all().getLast();
    }

    Tokens tokens() {
        return opened;
    }

    @Override
    public void close() {
        opened.close();
        real.close();
    }
}
