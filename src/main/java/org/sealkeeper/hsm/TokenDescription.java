package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_CLOCK_ON_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CK_EFFECTIVELY_INFINITE;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.TokenLabel;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.TokenInfo;

/**
 * What a token says of itself at one moment.
 *
 * @param slot in which it is; another after a start of the library
 * @param flags by their names in PKCS#11
 * @param sessions of all processes, as far as the token knows
 * @param mechanisms that the profile asks for
 * @param clock what the token takes for the time; empty where it has no clock
 */
public record TokenDescription(
        long slot,
        String serial,
        String manufacturer,
        String model,
        String hardwareVersion,
        String firmwareVersion,
        List<String> flags,
        Sessions sessions,
        List<AskedMechanism> mechanisms,
        Optional<Instant> clock) {

    /**
     * How many sessions there are, and may be: numbers, or {@code unavailable} where the token does not say, or {@code unlimited}.
     *
     * @param readWriteOpen of those that are open
     */
    public record Sessions(String open, String most, String readWriteOpen, String readWriteMost) {
        private static final String UNAVAILABLE = "unavailable";

        static Sessions of(TokenInfo info) {
            return new Sessions(
                    count(info.getSessionCount()),
                    limit(info.getMaxSessionCount()),
                    count(info.getRwSessionCount()),
                    limit(info.getMaxRwSessionCount()));
        }

        private static String count(long value) {
            return PKCS11Constants.isUnavailableInformation(value) ? UNAVAILABLE : Long.toUnsignedString(value);
        }

        private static String limit(long value) {
            return value == CK_EFFECTIVELY_INFINITE ? "unlimited" : count(value);
        }
    }

    public TokenDescription {
        flags = List.copyOf(flags);
        mechanisms = List.copyOf(mechanisms);
    }

    /**
     * Of the one token with this label, without a login. Blocks, as long as the library does.
     *
     * @throws HsmFault if the token is not there, or fails
     * @throws ConfigurationFault if the library is not installed, or several tokens have the label
     */
    public static TokenDescription find(TokenProfile profile, TokenLabel label) {
        return of(TokenSlot.labelled(Library.of(profile).module(), label.value()), profile);
    }

    static TokenDescription of(TokenSlot slot, TokenProfile profile) {
        TokenInfo info = TokenSlot.info(slot.token());
        return new TokenDescription(
                slot.token().getTokenID(),
                info.getSerialNumber().strip(),
                info.getManufacturerID().strip(),
                info.getModel().strip(),
                info.getHardwareVersion().toString(),
                info.getFirmwareVersion().toString(),
                TokenFlag.setIn(info),
                Sessions.of(info),
                AskedMechanism.of(slot.token(), profile),
                // What it says without a clock means nothing.
                info.hasFlagBit(CKF_CLOCK_ON_TOKEN) ? Optional.ofNullable(info.getTime()) : Optional.empty());
    }
}
