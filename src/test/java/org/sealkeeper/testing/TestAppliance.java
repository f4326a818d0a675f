package org.sealkeeper.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.store.Store;

/** The files of a new appliance with an empty token and an empty store, for commands to be run on. */
public record TestAppliance(Path folder, SoftHsmToken token) {

    /** Makes them all in the folder. */
    public static TestAppliance in(Path folder) {
        var appliance = new TestAppliance(folder, SoftHsmToken.in(folder));
        Store.create(appliance.store());
        appliance.write("appliance.yaml", appliance.yaml(appliance.token.profile(), appliance.token.userPin()));
        return appliance;
    }

    /** The appliance.yaml of this appliance, with another profile and PIN. */
    public String yaml(Path profile, Path userPin) {
        return """
                api: {host: 127.0.0.1, port: 8443}
                management: {host: 127.0.0.1, port: 1}
                tls: {certificate: server.pem, key: server.key, clientAuthorities: ca.pem, revocations: none}
                limits: {requestsPerSecond: 100000, burst: 100000, concurrentRequests: 10000}
                tokens: [{profile: %s, label: %s, userPin: %s}]
                store: store.db
                chains: chains.yaml
                audit: audit.yaml
                policy: policy.yaml
                alerts: {webhook: none}
                issuers: issuers.yaml
                """.formatted(profile, token.label(), userPin);
    }

    public Path config() {
        return folder.resolve("appliance.yaml");
    }

    public StoreLocation store() {
        return new StoreLocation.Embedded(storeFile());
    }

    public Path storeFile() {
        return folder.resolve("store.db");
    }

    /** Writes a file into the folder. */
    public Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
