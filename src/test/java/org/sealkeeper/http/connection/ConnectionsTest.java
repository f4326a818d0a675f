package org.sealkeeper.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final String ATTACKER = "192.0.2.1";
    private static final String NODE = "urn:sealkeeper:node:node-a";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Connections connections = new Connections(metrics, System::nanoTime);

    /** A channel that comes from an address. */
    private static final class From extends EmbeddedChannel {
        private final String address;

        From(String address) {
            super(new ChannelHandler[0]);
            this.address = address;
            pipeline().addFirst(new ChannelInboundHandlerAdapter());
        }

        void hangUp() {
            var _ = close();
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 50_000);
        }
    }

    private Connection open(From channel) {
        return connections.open(new Connection(channel, connections));
    }

    private List<From> open(int count, String address) {
        List<From> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var channel = new From(address);
            opened.add(channel);
            open(channel);
        }
        return opened;
    }

    private static long openOf(List<From> channels) {
        channels.forEach(From::runPendingTasks);
        return channels.stream().filter(From::isOpen).count();
    }

    @Test
    void theOldestStrangersOfOneOriginGiveWay() {
        List<From> attackers = open(Connections.MAX_STRANGERS_OF_ONE_ORIGIN + 10, ATTACKER);

        assertThat(openOf(attackers)).isEqualTo(Connections.MAX_STRANGERS_OF_ONE_ORIGIN);
        assertThat(openOf(attackers.subList(0, 10))).isZero();
        assertThat(metrics.get("sealkeeper.connections.closed")
                        .tag("reason", "too-many-of-one-origin")
                        .counter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void whereStrangersAreTooManyInAllTheLargestOriginGivesWay() {
        List<From> single = open(1, "198.51.100.1");
        List<From> attackers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            attackers.addAll(open(Connections.MAX_STRANGERS / 4, "192.0.2." + i));
        }

        assertThat(openOf(single)).isOne();
        assertThat(openOf(attackers)).isEqualTo(Connections.MAX_STRANGERS - 1);
    }

    @Test
    void noStrangerClosesTheConnectionOfAKnownCaller() {
        From known = new From(ATTACKER);
        assertThat(connections.recognize(open(known), NODE)).isTrue();

        open(2 * Connections.MAX_STRANGERS_OF_ONE_ORIGIN, ATTACKER);

        assertThat(openOf(List.of(known))).isOne();
        assertThat(connections.known()).isOne();
    }

    @Test
    void oneCallerHasSoManyConnectionsAndMoreWhenOneEnds() {
        List<From> channels = new ArrayList<>();
        for (int i = 0; i < Connections.MAX_OF_ONE_CALLER; i++) {
            channels.add(new From(ATTACKER));
            assertThat(connections.recognize(open(channels.getLast()), NODE)).isTrue();
        }
        Connection oneMore = open(new From(ATTACKER));

        assertThat(connections.recognize(oneMore, NODE)).isFalse();
        assertThat(connections.recognize(oneMore, "urn:sealkeeper:node:node-b")).isTrue();
        channels.getFirst().hangUp();
        assertThat(connections.recognize(open(new From(ATTACKER)), NODE)).isTrue();
    }

    @Test
    void aStrangerThatIsRefusedTooOftenIsNotHeardAndThenClosed() {
        From stranger = new From(ATTACKER);
        refuse(open(stranger), Connection.MAX_REFUSALS_OF_A_STRANGER);
        assertThat(secondsLater(stranger)).isTrue();
        From deaf = new From(ATTACKER);

        refuse(open(deaf), Connection.MAX_REFUSALS_OF_A_STRANGER + 1);

        assertThat(deaf.isOpen()).isTrue();
        assertThat(secondsLater(deaf)).isFalse();
    }

    @Test
    void noCallersConnectionEndsByRefusals() {
        From known = new From(ATTACKER);
        Connection connection = open(known);
        connections.recognize(connection, NODE);

        refuse(connection, 10 * Connection.MAX_REFUSALS_OF_A_STRANGER);

        assertThat(secondsLater(known)).isTrue();
    }

    private static void refuse(Connection connection, int times) {
        for (int i = 0; i < times; i++) {
            boolean _ = connection.refuse();
        }
    }

    private static boolean secondsLater(From channel) {
        channel.advanceTimeBy(Connection.SECONDS_UNHEARD + 1, TimeUnit.SECONDS);
        channel.runPendingTasks();
        return channel.isOpen();
    }

    @Test
    void whatEndsIsForgotten() {
        open(20, ATTACKER).forEach(From::hangUp);

        assertThat(connections.strangers()).isZero();
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOneOrigin() {
        assertThat(Origin.of(new InetSocketAddress("2001:db8:0:1::1", 1)))
                .isEqualTo(Origin.of(new InetSocketAddress("2001:db8:0:1:ffff::2", 2)))
                .isNotEqualTo(Origin.of(new InetSocketAddress("2001:db8:0:2::1", 1)));
    }
}
