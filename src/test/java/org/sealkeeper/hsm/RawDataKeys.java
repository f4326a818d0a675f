package org.sealkeeper.hsm;

import java.util.List;
import org.sealkeeper.hsm.DataKeyOutcome.NewDataKey;
import org.sealkeeper.hsm.DataKeyOutcome.ReleasedKey;

/**
 * The PKCS#11 calls that make and release data keys, without queue, policy, log or network: what a benchmark compares the
 * service with. One for each thread.
 */
public final class RawDataKeys implements AutoCloseable {
    private static final byte[] MESSAGE = new byte[150];

    private final PooledSession session;
    private final CkaId kek;
    private final RecipientKey recipient;

    private RawDataKeys(PooledSession session, CkaId kek, RecipientKey recipient) {
        this.session = session;
        this.kek = kek;
        this.recipient = recipient;
    }

    /** A token, logged in once. */
    public static final class Token implements AutoCloseable {
        private final Epoch epoch;
        private final TokenProfile profile;

        /** Logs in. */
        public Token(TokenSettings settings) {
            this.epoch = Epoch.begin(settings);
            this.profile = settings.profile();
        }

        /** A session of its own. */
        public RawDataKeys session(CkaId kek, RecipientKey recipient) {
            return new RawDataKeys(new PooledSession(epoch, profile), kek, recipient);
        }

        @Override
        public void close() {
            epoch.close();
        }
    }

    /** Makes a data key and its tag; gives it wrapped. */
    public byte[] generate() {
        var made = (NewDataKey) session.dataKeys().generate(kek, recipient, List.of());
        byte[] _ = session.dataKeys().authenticate(kek, MESSAGE);
        return made.wrapped();
    }

    /** Makes the tag to compare, and releases the data key. */
    public byte[] unwrap(byte[] wrapped) {
        byte[] _ = session.dataKeys().authenticate(kek, MESSAGE);
        return ((ReleasedKey) session.dataKeys().release(kek, wrapped, recipient)).encryptedKey();
    }

    @Override
    public void close() {
        session.close();
    }
}
