package org.sealkeeper.appliance;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.sealkeeper.hsm.Tokens;

/** Looks at changed files, and at tokens that wait for an operator, at SIGHUP, as operators know it from other daemons. */
@Singleton
final class HangUp {
    private static final System.Logger LOG = System.getLogger(HangUp.class.getName());

    private final FileWatch files;
    private final Tokens tokens;

    HangUp(FileWatch files, Tokens tokens) {
        this.files = files;
        this.tokens = tokens;
    }

    /** An appliance that is starting reads its files anyway; by default, the JVM would end. */
    static void ignoreUntilStarted() {
        handle(() -> {});
    }

    void listen(@Observes StartupEvent started) {
        handle(this::lookNow);
    }

    private void lookNow() {
        LOG.log(
                System.Logger.Level.INFO,
                "SIGHUP: the policy, the issuers and the TLS files are looked at, and tokens that wait");
        files.lookNow();
        tokens.all().forEach(token -> token.health().retry("SIGHUP"));
    }

    /**
     * {@code sun.misc.Signal} of the module {@code jdk.unsupported} is the JDK's only way to a signal. By name, since the compiler
     * warns of it and cannot be told not to.
     */
    private static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object handling =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, handling);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("expected a JDK with sun.misc.Signal for SIGHUP", e);
        }
    }
}
