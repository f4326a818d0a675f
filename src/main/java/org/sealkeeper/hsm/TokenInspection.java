package org.sealkeeper.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_DATA;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.AttributeVector;

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
     * What the attributes of objects say, a sentence each, in one order.
     *
     * @param isWanted chooses by the CKA_LABEL
     */
    public List<String> attributes(Predicate<String> isWanted) {
        return work.administer(objects -> FoundObject.all(objects).stream()
                .filter(object -> isWanted.test(object.label()))
                .map(object -> ReadAttributes.of(object, objects).text())
                .sorted()
                .toList());
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

    /**
     * Lets the token list its objects.
     *
     * @throws HsmFault if it does not answer
     */
    public void requireAnswer() {
        long[] _ = work.administer(objects -> objects.find(new AttributeVector().token(true)));
    }

    /** Makes a data object that no process reads, changes its label as {@link TokenRecords} does, and destroys it; tells whether it kept the change. */
    public boolean keepsChangedLabels(String label) {
        return work.administer(objects -> {
            long handle = objects.create(new AttributeVector()
                    .class_(CKO_DATA)
                    .token(true)
                    .private_(true)
                    .modifiable(true)
                    .application(label)
                    .label(label)
                    .value(new byte[] {0}));
            try {
                objects.relabel(handle, label + "-changed");
                return objects.attribute(handle, CKA_LABEL)
                        .map(AttributeText::of)
                        .filter((label + "-changed")::equals)
                        .isPresent();
            } finally {
                objects.destroy(handle);
            }
        });
    }

    private static Set<Long> cutOff(TokenObjects objects) {
        return FoundObject.all(objects).stream()
                .filter(object -> object.isCutOff() && object.objectClass() != FoundObject.UNREADABLE)
                .map(FoundObject::handle)
                .collect(Collectors.toSet());
    }
}
