package org.sealkeeper.pki;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Shows one chain to every server, whichever issuers the server names: as an attacker does. */
public final class OfferedChain extends X509ExtendedKeyManager {
    private static final String ALIAS = "offered";

    private final Consumer<List<Principal>> named;
    private final TestAuthority offered;

    public OfferedChain(TestAuthority offered) {
        this(issuers -> {}, offered);
    }

    /** Records which issuers the server names. */
    public OfferedChain(Consumer<List<Principal>> named, TestAuthority offered) {
        this.named = named;
        this.offered = offered;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        named.accept(List.of(issuers == null ? new Principal[0] : issuers));
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return offered.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return offered.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
