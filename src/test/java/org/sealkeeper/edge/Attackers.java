package org.sealkeeper.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Strangers who attack together, from one address that is not the callers', over and over. */
final class Attackers implements AutoCloseable {
    /** Of connections that are left open: more than the appliance leaves to strangers. */
    private static final int MOST_OPEN = 6_000;

    /** Of this machine too, but not the one its other clients have. */
    private static final String ADDRESS = "127.0.0.2";

    private final Attack attack;
    private final int port;
    private final SSLContext tls;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean isOver;

    /** @param tls which shows no certificate */
    Attackers(Attack attack, int strength, int port, SSLContext tls) {
        this.attack = attack;
        this.port = port;
        this.tls = tls;
        for (int i = 0; i < strength; i++) {
            threads.add(Thread.ofPlatform().name("attacker").start(this::attack));
        }
    }

    private void attack() {
        while (!isOver && connections.get() < MOST_OPEN) {
            connections.incrementAndGet();
            try {
                attackOnce();
            } catch (IOException ended) {
                // by the server, as it should, or because the attack is over
            }
        }
    }

    private void attackOnce() throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(ADDRESS), 0);
        open.add(plain);
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true);
        attack.go(plain, socket);
    }

    private static void joinForAMoment(Thread attacker) {
        try {
            attacker.join(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many connections were made. */
    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        for (Thread attacker : threads) {
            while (attacker.isAlive()) {
                for (Socket socket : open) {
                    socket.close();
                }
                joinForAMoment(attacker);
            }
        }
    }
}
