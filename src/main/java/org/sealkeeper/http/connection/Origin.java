package org.sealkeeper.http.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where connections come from: an IPv4 address, or the /64 network of an IPv6 address, all of which one subscriber has (RFC 6177).
 *
 * @param network the address, or the first of the network, as text
 */
public record Origin(String network) {
    private static final int NETWORK_BYTES = 8;

    static Origin of(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet && internet.getAddress() != null
                ? of(internet.getAddress())
                : new Origin("none");
    }

    private static Origin of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return new Origin(address.getHostAddress());
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), address.getAddress().length);
        try {
            return new Origin(InetAddress.getByAddress(network).getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("expected 16 bytes", e);
        }
    }
}
