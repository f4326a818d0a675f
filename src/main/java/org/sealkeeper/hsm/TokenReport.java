package org.sealkeeper.hsm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.sealkeeper.kernel.TokenLabel;

/** What operators are told of a token, as the members of a JSON object: the same, whether an appliance tells it or the token alone. */
public final class TokenReport {
    /** In place of a state, where no appliance was found that uses the token. */
    public static final String NOT_IN_USE = "not-in-use";

    private TokenReport() {}

    /** By the appliance that uses it. */
    public static SequencedMap<String, Object> inUse(TokenStatus status, TokenDescription token) {
        SequencedMap<String, Object> members = inUse(status);
        members.put("token", description(token));
        return members;
    }

    /**
     * By the appliance that uses it, without what only the token knows.
     *
     * @param whyNotAsked why that is missing, for an operator
     */
    public static SequencedMap<String, Object> inUse(TokenStatus status, String whyNotAsked) {
        SequencedMap<String, Object> members = inUse(status);
        members.put("tokenNotAsked", whyNotAsked);
        return members;
    }

    /** By the token itself. */
    public static SequencedMap<String, Object> notInUse(TokenLabel label, TokenDescription token) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("label", label.value());
        members.put("serial", token.serial());
        members.put("state", NOT_IN_USE);
        members.put("token", description(token));
        return members;
    }

    /** Of a token that no appliance here uses, and that could not be asked. */
    public static SequencedMap<String, Object> notFound(TokenLabel label, HsmFault why) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("label", label.value());
        members.put("state", NOT_IN_USE);
        members.put("ready", false);
        members.put("tokenNotAsked", String.valueOf(why.getMessage()));
        return members;
    }

    private static SequencedMap<String, Object> inUse(TokenStatus status) {
        var state = status.state();
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("label", status.label().value());
        status.serial().ifPresent(serial -> members.put("serial", serial));
        members.put("state", state.state().text());
        members.put("ready", status.isReady());
        members.put("epoch", state.epoch());
        members.put("reason", state.reason());
        members.put("secondsInState", state.since().toSeconds());
        members.put("secondsSinceProof", state.sinceProof().toSeconds());
        SequencedMap<String, Object> pools = new LinkedHashMap<>();
        status.pools().forEach((name, use) -> pools.put(name, pool(use)));
        members.put("pools", pools);
        return members;
    }

    private static SequencedMap<String, Object> pool(TokenStatus.PoolUse use) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("sessions", use.sessions());
        members.put("busy", use.busy());
        members.put("stuck", use.stuck());
        members.put("waiting", use.waiting());
        return members;
    }

    private static SequencedMap<String, Object> description(TokenDescription token) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("slot", token.slot());
        members.put("manufacturer", token.manufacturer());
        members.put("model", token.model());
        members.put("hardwareVersion", token.hardwareVersion());
        members.put("firmwareVersion", token.firmwareVersion());
        members.put("flags", token.flags());
        members.put("sessions", sessions(token.sessions()));
        members.put("mechanisms", mechanisms(token.mechanisms()));
        token.clock().ifPresent(time -> members.put("clock", time.toString()));
        return members;
    }

    private static SequencedMap<String, Object> sessions(TokenDescription.Sessions sessions) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("open", sessions.open());
        members.put("max", sessions.most());
        members.put("readWriteOpen", sessions.readWriteOpen());
        members.put("readWriteMax", sessions.readWriteMost());
        return members;
    }

    private static List<SequencedMap<String, Object>> mechanisms(List<AskedMechanism> asked) {
        return asked.stream()
                .map(mechanism -> {
                    SequencedMap<String, Object> members = new LinkedHashMap<>();
                    members.put("algorithm", mechanism.algorithm());
                    members.put("mechanism", mechanism.name());
                    members.put("offered", mechanism.isOffered());
                    return members;
                })
                .toList();
    }
}
