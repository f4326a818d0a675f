package org.sealkeeper.appliance;

import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.Fault;

/**
 * Why a start ended, for an operator and for what starts the appliance.
 *
 * @param exitCode {@link #REFUSED} where to start again would change nothing, {@link #FAILED} where it might
 * @param message what was expected and found, and what to do next
 */
record FailedStart(int exitCode, String message) {
    static final int REFUSED = 2;
    static final int FAILED = 3;

    /** What is expected to go wrong; empty for what is unexpected. */
    static Optional<FailedStart> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ConfigurationFault fault -> {
                    return Optional.of(refused(String.valueOf(fault.getMessage())));
                }
                case Fault fault -> {
                    return Optional.of(failed(String.valueOf(fault.getMessage())));
                }
                case BindException bind -> {
                    return Optional.of(bind(bind));
                }
                case UnknownHostException unknown -> {
                    return Optional.of(failed("cannot listen: a host of appliance.yaml has no address now ("
                            + unknown.getMessage() + "); write an address, or mend the name service"));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** The JDK gives the answer of the operating system as text alone, and the framework its own before it. */
    private static FailedStart bind(BindException bind) {
        String text = String.valueOf(bind.getMessage());
        String answer = text.substring(text.lastIndexOf(": ") + 1).strip();
        String where = bind instanceof QuarkusBindException api ? "port " + api.getPort() : "the management port";
        String what = "cannot listen on " + where + " of appliance.yaml (" + answer + "): ";
        if (answer.contains("Permission denied")) {
            return refused(
                    what + "ports below 1024 need the capability CAP_NET_BIND_SERVICE; grant it, or take another port");
        }
        return failed(what
                + (answer.contains("in use")
                        ? "another process listens there ('ss -ltnp' shows which); end it, or take another port"
                        : "this machine has no such address now; bring it up, or correct the host"));
    }

    private static FailedStart refused(String message) {
        return new FailedStart(REFUSED, "refused to start: " + message);
    }

    private static FailedStart failed(String message) {
        return new FailedStart(FAILED, "failed to start: " + message);
    }
}
