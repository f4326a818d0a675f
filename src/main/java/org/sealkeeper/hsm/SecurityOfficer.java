package org.sealkeeper.hsm;

import java.nio.file.Path;
import java.util.List;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;

/**
 * A login of the token's security officer, the only role that can create a public key the token trusts.
 *
 * <p>PKCS#11 lets one kind of user into a process, for each token: this is for a command of its own, never beside an {@link Hsm} of the
 * same token in one process. The service beside it, logged in as the user, sees at once what is created here.
 */
public final class SecurityOfficer implements AutoCloseable {
    private final TokenLabel label;
    private final Session session;
    private final TokenObjects objects;

    private SecurityOfficer(TokenLabel label, Session session) {
        this.label = label;
        this.session = session;
        this.objects = new TokenObjects(session, new ObjectLock());
    }

    /**
     * Finds the one token with the label, and logs in, once.
     *
     * @param soPin the file that holds the security officer's PIN, readable by its owner alone
     * @throws ConfigurationFault if the library, the token or the PIN is not as declared
     */
    public static SecurityOfficer open(TokenProfile profile, TokenLabel label, Path soPin) {
        Token token =
                TokenSlot.labelled(Library.of(profile).module(), label.value()).token();
        Session session = Epoch.openSession(token, true);
        try {
            Login.securityOfficer(session, label.value(), soPin);
            return new SecurityOfficer(label, session);
        } catch (RuntimeException e) {
            Epoch.close(session);
            throw e;
        }
    }

    /** The label of the token. */
    public TokenLabel token() {
        return label;
    }

    /** Creates the recipient's key as a trusted one, unless exactly that is there; tells whether it was created. */
    public boolean trust(RecipientKey recipient, String label) {
        TokenKey key = TokenKey.recipient(recipient);
        if (objects.all(key).length > 0) {
            requireDeclared(key, recipient);
            return false;
        }
        objects.create(DataKeyTemplates.recipient(recipient, label));
        requireDeclared(key, recipient);
        return true;
    }

    /** Creates the public half of a transit pair as a trusted key. */
    public void trustTransit(CkaId id, String label, RecipientKey publicKey) {
        objects.create(DataKeyTemplates.transitPublic(id, label, publicKey));
        requireDeclared(TokenKey.transitPublic(id), publicKey);
    }

    /** Destroys the recipient's objects; tells how many there were. */
    public int distrust(RecipientKey recipient) {
        long[] found = objects.all(TokenKey.recipient(recipient));
        for (long handle : found) {
            objects.destroy(handle);
        }
        return found.length;
    }

    private void requireDeclared(TokenKey key, RecipientKey recipient) {
        List<Deviation> deviations = new TrustedKeyCheck(objects, key, recipient).deviations();
        if (!deviations.isEmpty()) {
            throw new ConfigurationFault("the " + key + " is not in the token as declared: "
                    + Deviation.text(deviations) + ". Find out who created it, and retire it first");
        }
    }

    /** Logs out. */
    @Override
    public void close() {
        Epoch.close(session);
    }
}
