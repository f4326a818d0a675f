package org.sealkeeper.bench;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_ECDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.sealkeeper.verify.VerificationKey;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

/** The token without us: what it can sign, and what it can sign where each signature is verified in software. */
final class RawToken {
    private static final byte[] MESSAGE = new byte[450];

    private final Token token;
    private final String keyLabel;
    private final VerificationKey key;

    RawToken(String module, Path pin, String keyLabel, VerificationKey key) throws Exception {
        var pkcs11 = PKCS11Module.getInstance(module);
        pkcs11.initialize();
        this.token = pkcs11.getSlotList(true)[0].getToken();
        this.keyLabel = keyLabel;
        this.key = key;
        token.openSession(false).login(CKU_USER, Files.readString(pin).strip().toCharArray());
    }

    Measured run(int threads, boolean verifying, int seconds) throws Exception {
        long before = ProcessHandle.current().pid();
        ProcessUse start = ProcessUse.of(before);
        long began = System.nanoTime();
        List<Future<Samples>> running = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> sign(verifying, began + seconds * 1_000_000_000L)));
            }
        }
        double elapsed = (System.nanoTime() - began) / 1e9;
        ProcessUse end = ProcessUse.of(before);
        LongStream all = LongStream.empty();
        for (var samples : running) {
            all = LongStream.concat(all, LongStream.of(samples.get().toArray()));
        }
        String what = "raw token, C_Sign" + (verifying ? " + software verification" : "") + ", "
                + Measured.count(threads, "thread");
        return Measured.of(what, all.toArray(), elapsed, end.coresSince(start, elapsed), end.rssMiB());
    }

    private Samples sign(boolean verifying, long until) throws Exception {
        Session session = token.openSession(false);
        var template = AttributeVector.newPrivateKey().label(keyLabel);
        long handle = session.findAllObjectsSingle(template)[0];
        var mechanism = new Mechanism(CKM_ECDSA);
        var verifier = key.verifier();
        var digest = MessageDigest.getInstance("SHA-256");
        var samples = new Samples();
        for (long now = System.nanoTime(); now < until; ) {
            session.signInit(mechanism, handle);
            byte[] signature = session.sign(digest.digest(MESSAGE));
            if (verifying && !verifier.verifies(MESSAGE, signature)) {
                throw new IllegalStateException("the token's signature does not verify");
            }
            long done = System.nanoTime();
            samples.add(done - now);
            now = done;
        }
        session.closeSession();
        return samples;
    }
}
