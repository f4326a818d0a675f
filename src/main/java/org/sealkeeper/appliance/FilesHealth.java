package org.sealkeeper.appliance;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.sealkeeper.config.InForce;
import org.sealkeeper.http.listener.ListenerTls;
import org.sealkeeper.issuers.TrustedIssuers;
import org.sealkeeper.policy.Policy;

/**
 * Says in the health report which files are in force, and why bad ones are not; that is no reason to restart the process, or to send
 * it no traffic.
 */
@Singleton
final class FilesHealth {

    @Produces
    @Liveness
    @Singleton
    HealthCheck policy(InForce<Policy> policy) {
        return () -> {
            var answer = HealthCheckResponse.named("policy")
                    .up()
                    .withData("digest", policy.current().digest());
            return rejected("rejected", policy, answer).build();
        };
    }

    @Produces
    @Liveness
    @Singleton
    HealthCheck issuers(InForce<TrustedIssuers> issuers) {
        return () -> {
            var answer =
                    HealthCheckResponse.named("issuers of bearer tokens").up().withData("digest", issuers.digest());
            return rejected("rejected", issuers, answer).build();
        };
    }

    @Produces
    @Liveness
    @Singleton
    HealthCheck userPins(UserPins userPins) {
        return () -> {
            var answer = HealthCheckResponse.named("user PIN file").up();
            userPins.files().forEach((token, file) -> rejected("rejected." + token, file, answer));
            return answer.build();
        };
    }

    @Produces
    @Liveness
    @Singleton
    HealthCheck tls(ListenerTls tls) {
        return () -> {
            var answer = HealthCheckResponse.named("TLS files")
                    .up()
                    .withData(
                            "certificateUntil",
                            tls.certificate().current().until().toString());
            tls.authorities()
                    .current()
                    .revocationsUntil()
                    .ifPresent(end -> answer.withData("revocationsUntil", end.toString()));
            rejected("certificateRejected", tls.certificate(), answer);
            return rejected("authoritiesRejected", tls.authorities(), answer).build();
        };
    }

    private static HealthCheckResponseBuilder rejected(
            String name, InForce<?> files, HealthCheckResponseBuilder answer) {
        files.rejected().ifPresent(fault -> answer.withData(name, fault.getMessage()));
        return answer;
    }
}
