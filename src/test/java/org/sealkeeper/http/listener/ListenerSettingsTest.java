package org.sealkeeper.http.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.config.StoreLocation;
import org.sealkeeper.kernel.TokenLabel;

class ListenerSettingsTest {
    private static final Path ANY = Path.of("none");

    private static final ApplianceFile APPLIANCE = new ApplianceFile(
            new ApplianceFile.Listener("192.0.2.1", 8443),
            new ApplianceFile.Listener("127.0.0.1", 9000),
            new ApplianceFile.Tls(ANY, ANY, ANY, Optional.empty()),
            new ApplianceFile.Limits(1, 1, 1),
            List.of(new ApplianceFile.Token(ANY, new TokenLabel("none"), ANY)),
            new StoreLocation.Embedded(ANY),
            ANY,
            ANY,
            ANY,
            new ApplianceFile.Alerts(Optional.empty()),
            ANY,
            Optional.empty(),
            Optional.empty());

    private static final Map<String, String> EXPECTED = Map.of(
            "quarkus.http.host", "192.0.2.1",
            "quarkus.http.ssl-port", "8443",
            "quarkus.management.host", "127.0.0.1",
            "quarkus.management.port", "9000");

    @Test
    void noOtherSourceSettlesWhereTheApplianceListens() {
        ListenerSettings.during(APPLIANCE, () -> {
            SmallRyeConfig config = config();
            EXPECTED.forEach((name, value) -> {
                assertThat(config.getConfigValue(name).getValue()).as(name).isEqualTo(value);
                assertThat(config.getConfigValue(name).getConfigSourceName()).isEqualTo("appliance.yaml");
            });
        });
    }

    @Test
    void outsideOfAnApplianceItHasNoValues() {
        assertThat(new ListenerSettings().getProperties()).isEmpty();
        assertThat(config().getConfigValue("quarkus.http.host").getValue()).isEqualTo("0.0.0.0");
    }

    /** As the framework makes its own, with sources that say otherwise, each at its usual place. */
    private static SmallRyeConfig config() {
        return new SmallRyeConfigBuilder()
                .withProfile("prod")
                .addDefaultInterceptors()
                .addDiscoveredSources()
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(
                                        "quarkus.http.host", "0.0.0.0",
                                        "%prod.quarkus.http.host", "0.0.0.0",
                                        "%prod.quarkus.management.host", "0.0.0.0"),
                                "system properties",
                                400),
                        new EnvConfigSource(
                                Map.of(
                                        "QUARKUS_HTTP_SSL_PORT", "1",
                                        "_PROD_QUARKUS_HTTP_SSL_PORT", "1",
                                        "QUARKUS_MANAGEMENT_PORT", "1"),
                                300))
                .build();
    }
}
