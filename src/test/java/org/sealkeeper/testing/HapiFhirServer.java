package org.sealkeeper.testing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.hl7.fhir.r4.model.AuditEvent;

/** HAPI's own server of FHIR R4, strict, with AuditEvents alone. It forgets nothing when it is killed. */
public final class HapiFhirServer implements AutoCloseable {
    private static final FhirContext R4 = FhirContext.forR4();

    static {
        R4.setParserErrorHandler(new StrictErrorHandler());
    }

    private final HashMapResourceProvider<AuditEvent> kept = new HashMapResourceProvider<>(R4, AuditEvent.class);
    /** Of no other server, also where one gets the port that another had. */
    private final String path = "/fhir/" + Long.toHexString(System.nanoTime());

    private final Trap trap;
    private Server server;
    private int port;

    /** How far it comes with a request. */
    public enum Place {
        BEFORE_IT_IS_KEPT,
        BEFORE_IT_IS_ANSWERED
    }

    /** One request gets no further than a place. */
    public static final class Trap {
        private final Place place;
        private final AtomicInteger toCome;
        private final CountDownLatch caught = new CountDownLatch(1);

        private Trap(Place place, int request) {
            this.place = place;
            this.toCome = new AtomicInteger(request);
        }

        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
        public void received() {
            pass(Place.BEFORE_IT_IS_KEPT);
        }

        @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
        public void handled() {
            pass(Place.BEFORE_IT_IS_ANSWERED);
        }

        private void pass(Place at) {
            if (at == place && toCome.decrementAndGet() == 0) {
                caught.countDown();
                untilKilled();
            }
        }
    }

    private HapiFhirServer(Trap trap) {
        this.trap = trap;
        start();
    }

    /** One that gets stuck once, at this place in its work on this request, until it is killed. */
    public static HapiFhirServer stuckAt(Place place, int request) {
        return new HapiFhirServer(new Trap(place, request));
    }

    private static void untilKilled() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("killed", e);
        }
    }

    private void start() {
        var threads = new QueuedThreadPool();
        threads.setStopTimeout(1);
        server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        server.addConnector(connector);
        var fhir = new RestfulServer(R4);
        fhir.setResourceProviders(kept);
        fhir.registerInterceptor(trap);
        var context = new ServletContextHandler(path);
        context.addServlet(new ServletHolder(fhir), "/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        port = connector.getLocalPort();
    }

    /** Its base. */
    public URI url() {
        return URI.create("http://localhost:" + port + path);
    }

    /** Whether it got stuck within half a minute. */
    public boolean awaitStuck() throws InterruptedException {
        return trap.caught.await(30, TimeUnit.SECONDS);
    }

    /** It is gone, with every connection, whatever it was at. */
    public void kill() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** It is there again, at the same address. */
    public void revive() {
        start();
    }

    /** The indexes of the leaves it has, in the order in which they came first. */
    public List<Long> leaves() {
        return kept.getStoredResources().stream().map(SoftwareFhirServer::leaf).toList();
    }

    @Override
    public void close() {
        kill();
    }
}
