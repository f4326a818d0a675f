package org.sealkeeper.testing;

import iaik.pkcs.pkcs11.wrapper.PKCS11;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a token, its network or another process does to calls of PKCS#11: a rule of {@code src/test/native/faulty}.
 *
 * @param function one function, or {@code *} for all that the action is about
 * @param done whether it happens once the token has done what it was asked
 * @param first how many calls that match are let through before
 * @param times how many calls it happens to after these
 * @param key the CKA_ID in hexadecimal of the only key whose calls match, or {@code -}
 */
public record TokenFault(
        String function, String action, String argument, boolean done, long first, long times, String key) {
    private static final String ANY = "*";
    private static final String NONE = "-";
    private static final int SERIAL_NUMBER_LENGTH = 16;
    private static final Set<String> FUNCTIONS = Stream.of(PKCS11.class.getMethods())
            .map(Method::getName)
            .filter(name -> name.startsWith("C_"))
            .collect(Collectors.toSet());

    public TokenFault {
        if (!function.equals(ANY) && !FUNCTIONS.contains(function)) {
            throw new IllegalArgumentException("expected * or a function of PKCS#11, found " + function);
        }
        if (first < 0 || times < 1) {
            throw new IllegalArgumentException("expected a fault that happens, found " + times + " times");
        }
    }

    private static TokenFault of(String function, String action, String argument) {
        return new TokenFault(function, action, argument, false, 0, Long.MAX_VALUE, NONE);
    }

    /** The token is not asked; the call is answered with this {@code CKR_}. */
    public static TokenFault answer(String function, long returnValue) {
        return of(function, "answer", Long.toHexString(returnValue));
    }

    /** The token does what it is asked, and its answer is lost: the call is answered with this {@code CKR_}. */
    public static TokenFault lostAnswer(String function, long returnValue) {
        return answer(function, returnValue).late();
    }

    public static TokenFault delay(String function, Duration delay) {
        return of(function, "delay", Long.toString(delay.toMillis()));
    }

    /** The call hangs until the fault is removed, and then goes on. */
    public static TokenFault hang(String function) {
        return of(function, "hang", NONE);
    }

    /** The process is killed (SIGKILL), once. */
    public static TokenFault kill(String function) {
        return of(function, "kill", NONE).times(1);
    }

    /** Every call of a function that computes takes so long, and no more than so many are computed at a time: a token in a network. */
    public static TokenFault slow(Duration latency, int atATime) {
        return of(ANY, "slow", latency.toMillis() + "/" + atATime);
    }

    /** The token is gone: no slot has one, and the calls of its sessions are answered with CKR_DEVICE_REMOVED. */
    public static TokenFault away() {
        return of(ANY, "away", NONE);
    }

    /** The user PIN is locked: so says the token, and so it answers the user's logins. */
    public static TokenFault lockedOut() {
        return of(ANY, "lockout", NONE);
    }

    /** One more wrong user PIN would lock the token: so it says. */
    public static TokenFault finalTry() {
        return of(ANY, "final-try", NONE);
    }

    /** The token has another serial number. */
    public static TokenFault serialNumber(String serialNumber) {
        if (!serialNumber.matches("\\S{1," + SERIAL_NUMBER_LENGTH + "}")) {
            throw new IllegalArgumentException("expected up to 16 characters without blanks, found " + serialNumber);
        }
        return of(ANY, "serial", serialNumber);
    }

    /** All sessions are closed before the next call, once. */
    public static TokenFault closedSessions() {
        return of(ANY, "close-sessions", NONE).times(1);
    }

    /** The user is logged out before the next call of a session, once. */
    public static TokenFault loggedOut() {
        return of(ANY, "logout", NONE).times(1);
    }

    /** The module is finalized and initialized anew before the next call, once. A token may then be in another slot. */
    public static TokenFault reinitialized() {
        return of(ANY, "reinitialize", NONE).times(1);
    }

    /** The same, once the token has done what it was asked. */
    public TokenFault late() {
        return new TokenFault(function, action, argument, true, first, times, key);
    }

    /** The same, of calls of this function alone. */
    public TokenFault at(String oneFunction) {
        return new TokenFault(oneFunction, action, argument, done, first, times, key);
    }

    /** The same, after so many calls that are let through. */
    public TokenFault after(long calls) {
        return new TokenFault(function, action, argument, done, calls, times, key);
    }

    /** The same, of so many calls only. */
    public TokenFault times(long calls) {
        return new TokenFault(function, action, argument, done, first, calls, key);
    }

    /** The same, of calls that use the key with this CKA_ID, in hexadecimal. */
    public TokenFault ofKey(String id) {
        return new TokenFault(function, action, argument, done, first, times, id);
    }

    /** The line of the file of rules. */
    String line(int number) {
        return String.join(
                " ",
                Integer.toString(number),
                function,
                done ? "after" : "before",
                action,
                argument,
                Long.toString(first),
                Long.toString(times),
                key);
    }

    /** How many of so many calls that matched it happened to. */
    long happened(long matched) {
        return Math.clamp(matched - first, 0, times);
    }
}
