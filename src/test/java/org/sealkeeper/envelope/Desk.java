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
import org.sealkeeper.keys.provisioning.DeclaredKey;
import org.sealkeeper.keys.provisioning.KeyEncryptionKeyProvisioning;
import org.sealkeeper.keys.provisioning.Provisioning;
import org.sealkeeper.keys.provisioning.ProvisioningLock;
import org.sealkeeper.keys.provisioning.Recipients;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.policy.KnownNames;
import org.sealkeeper.policy.Purpose;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.Store;
import org.sealkeeper.testing.Callers;
import org.sealkeeper.testing.FaultyStore;
import org.sealkeeper.testing.RecipientKeyPair;
import org.sealkeeper.testing.TestAppliance;

/** A desk over a real token and a real store, with two recipients; its clock is moved by hand. */
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
    final List<EmergencyNotice> alarms = new ArrayList<>();
    final TestAppliance appliance;
    final FaultyStore store;
    final KeyEncryptionKeys keys;
    final EmergencyAccess emergencies;
    final DataKeyDesk desk;
    private final Store real;
    private final Hsm hsm;
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    Desk(Path folder) {
        appliance = TestAppliance.in(folder);
        Path policy = appliance.write("policy.yaml", POLICY);
        real = SqliteStore.open(appliance.store());
        store = new FaultyStore(real);
        keys = new KeyEncryptionKeys(store);
        provision();
        hsm = appliance.token().open();
        KeyRing ring = KeyRing.open(hsm, new KeyCatalogue(real));
        var origin = new Origin("lab-a.example/test");
        AuditLog audit = AuditLog.open(store, origin, LogKeys.of(ring, origin), InstantSource.system());
        var inForce = new PolicyRecord(store, audit, this::now).load(policy, KnownNames.ANY);
        var gate = new Gate(ring, new DataKeys(hsm), store, audit, () -> {});
        emergencies = new EmergencyAccess(store, audit, this::now, RANDOM, List.of(alarms::add));
        desk = new DataKeyDesk(
                new Decisions(inForce, this::now),
                gate,
                keys,
                audit,
                emergencies,
                this::now,
                new DataKeyMetrics(new SimpleMeterRegistry()),
                hsm.dataKeys().recipientAlgorithm());
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
        var token = appliance.token();
        try (ProvisioningLock lock = ProvisioningLock.take(appliance.store())) {
            try (Hsm user = token.open()) {
                new Provisioning(user, new KeyCatalogue(real), RANDOM, InstantSource.system(), lock)
                        .apply(new DeclaredKey(
                                new KeyAlias("audit"), KeyPurpose.AUDIT_SIGNING, SigningAlgorithm.ES256));
                var keks = new KeyEncryptionKeyProvisioning(user, real, RANDOM, InstantSource.system(), lock);
                keks.apply(PATIENT_DATA);
                keks.apply(OTHER_DATA);
            }
            var recipients = new Recipients(real, InstantSource.system(), lock);
            try (var officer = SecurityOfficer.open(token.settings().profile(), token.label(), token.soPin())) {
                recipients.enroll(LAB, lab.certificate(), officer);
                recipients.enroll(CLINICIAN, clinician.certificate(), officer);
            }
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

    Hsm hsm() {
        return hsm;
    }

    @Override
    public void close() {
        hsm.close();
        real.close();
    }
}
