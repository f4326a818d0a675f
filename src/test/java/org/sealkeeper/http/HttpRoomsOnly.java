package org.sealkeeper.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** Boots the HTTP rooms with a listener of their own, and without an appliance's token, store and declarations. */
public final class HttpRoomsOnly implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.arc.exclude-types",
                "org.sealkeeper.appliance.StartUp,org.sealkeeper.appliance.HangUp,org.sealkeeper.appliance.FileWatch,org.sealkeeper.appliance.FilesHealth,org.sealkeeper.appliance.EmergencyWatch,org.sealkeeper.appliance.TlsDeadlines,org.sealkeeper.appliance.KeyCertificates");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TlsListener.class));
    }
}
