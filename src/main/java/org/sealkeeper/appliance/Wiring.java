package org.sealkeeper.appliance;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.Hsm;
import org.sealkeeper.hsm.TokenSettings;
import org.sealkeeper.keys.CataloguedKey;
import org.sealkeeper.keys.KeyCatalogue;
import org.sealkeeper.keys.KeyRing;
import org.sealkeeper.ledger.BlockSigner;
import org.sealkeeper.ledger.BlockVerifier;
import org.sealkeeper.ledger.ChainReader;
import org.sealkeeper.ledger.Chains;
import org.sealkeeper.ledger.SigningMetrics;
import org.sealkeeper.store.SqliteStore;
import org.sealkeeper.store.Store;
import org.sealkeeper.verify.TrustedKeys;

/** Builds each room once, from the floor up. Whatever is not as declared ends the start here, before a socket is open. */
@Singleton
final class Wiring {

    @Produces
    @Singleton
    ApplianceFile settings() {
        return ApplianceFile.read(Appliance.configFile());
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Store store(ApplianceFile settings) {
        return SqliteStore.open(settings.store());
    }

    void close(@Disposes Store store) {
        store.close();
    }

    @Produces
    @Singleton
    Hsm hsm(ApplianceFile settings) {
        return Hsm.open(TokenSettings.of(settings.token()));
    }

    void close(@Disposes Hsm hsm) {
        hsm.close();
    }

    @Produces
    @Singleton
    KeyRing keys(Hsm hsm, Store store) {
        return KeyRing.open(hsm, new KeyCatalogue(store));
    }

    @Produces
    @Singleton
    Chains chains(ApplianceFile settings, KeyRing keys, Store store) {
        return Chains.load(settings.chains(), keys, store);
    }

    @Produces
    @Singleton
    BlockSigner signer(Chains chains, KeyRing keys, Store store, InstantSource clock, MeterRegistry registry) {
        return new BlockSigner(chains, keys, store, clock, new SigningMetrics(registry));
    }

    @Produces
    @Singleton
    ChainReader reader(Store store) {
        return new ChainReader(store);
    }

    @Produces
    @Singleton
    BlockVerifier verifier(KeyRing keys) {
        return new BlockVerifier(new TrustedKeys(
                keys.keys().stream().map(CataloguedKey::verificationKey).toList()));
    }
}
