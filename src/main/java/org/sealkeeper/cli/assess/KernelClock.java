package org.sealkeeper.cli.assess;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.sealkeeper.assessment.RuntimeChecks.Clock;

/** Asks the kernel whether something keeps its clock in time: adjtimex(2) with no mode changes nothing and needs no right. */
final class KernelClock {
    /** struct timex has 208 bytes on 64-bit Linux. */
    private static final long TIMEX_BYTES = 256;

    /** TIME_OK to TIME_WAIT are states of a clock that is kept in time; TIME_ERROR is that of one that is not. */
    private static final int TIME_ERROR = 5;

    private KernelClock() {}

    @SuppressWarnings("restricted") // the launchers allow native access: the token's library and SQLite need it, too
    static Clock state() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("adjtimex")
                .map(function -> linker.downcallHandle(
                        function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
                .map(KernelClock::ask)
                .orElse(Clock.UNTOLD);
    }

    private static Clock ask(MethodHandle adjtimex) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_BYTES);
            int state = (int) adjtimex.invokeExact(timex);
            if (state < 0) {
                return Clock.UNTOLD;
            }
            return state == TIME_ERROR ? Clock.NOT_SYNCHRONISED : Clock.SYNCHRONISED;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // what a method handle declares
            throw new IllegalStateException("adjtimex throws nothing", e);
        }
    }
}
