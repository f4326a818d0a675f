package org.sealkeeper.hsm;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Compares all that is in a token with what is to be there, and removes what was never finished. Its methods block. */
public final class TokenInspection {
    /** Far longer than any token takes to make an object. */
    private static final Duration MAKING = Duration.ofSeconds(2);

    private final TokenWork work;

    TokenInspection(TokenWork work) {
        this.work = work;
    }

    /**
     * Every difference between the objects of the token and what is declared; empty where there is none.
     *
     * @param declared all that the store knows of this token
     */
    public List<Finding> findings(List<DeclaredObjects> declared) {
        return work.administer(objects -> new ObjectMatching(objects).findings(declared));
    }

    /**
     * Destroys the objects whose making was cut off when a process was killed: no CKA_ID says what they were to be. What another process is making
     * at this moment is finished a moment later, and is left; so is one that has no attribute at all, which SoftHSM cannot destroy.
     */
    public void destroyCutOff() {
        int _ = work.administer(TokenInspection::destroyCutOff);
    }

    /** On one session: to SoftHSM an object without CKA_TOKEN is one of the session, and has another handle in the next. */
    private static int destroyCutOff(TokenObjects objects) {
        Set<Long> seen = cutOff(objects);
        if (!seen.isEmpty()) {
            LockSupport.parkNanos(MAKING.toNanos());
            seen.retainAll(cutOff(objects));
            seen.forEach(objects::destroy);
        }
        return seen.size();
    }

    private static Set<Long> cutOff(TokenObjects objects) {
        return FoundObject.all(objects).stream()
                .filter(object -> object.isCutOff() && object.objectClass() != FoundObject.UNREADABLE)
                .map(FoundObject::handle)
                .collect(Collectors.toSet());
    }
}
