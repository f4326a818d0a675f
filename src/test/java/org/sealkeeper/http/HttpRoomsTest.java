package org.sealkeeper.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.sealkeeper.http.access.AccessRecordsTest;
import org.sealkeeper.http.identity.CallersTest;

/** All tests of what the doors share, in one application: building it takes ten seconds of processor time. */
@QuarkusTest
@TestProfile(HttpRoomsOnly.class)
class HttpRoomsTest {
    @TestHTTPResource(value = "/", tls = true)
    URI base;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    CountingJournal journal;

    @Inject
    MeterRegistry registry;

    @Nested
    class AccessRecords extends AccessRecordsTest {
        AccessRecords() {
            super(base, journal);
        }
    }

    @Nested
    class Callers extends CallersTest {
        Callers() {
            super(base);
        }
    }

    @Nested
    class FrontDoor extends FrontDoorTest {
        FrontDoor() {
            super(base);
        }
    }

    @Nested
    class OddRequests extends OddRequestsTest {
        OddRequests() {
            super(base, management);
        }
    }

    @Nested
    class RequestMetrics extends RequestMetricsTest {
        RequestMetrics() {
            super(base, management, registry);
        }
    }

    @Nested
    class SlowStore extends SlowStoreTest {
        SlowStore() {
            super(base, journal);
        }
    }
}
