package org.sealkeeper.http.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says under which name a door's requests are recorded in the audit log. Every door has this or {@link RecordedElsewhere}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Recorded {
    /** The operation, as the audit log names it. */
    String value();

    /** Whether requests are only counted, for doors that one caller uses a thousand times; else each has its leaf. */
    boolean counted() default false;
}
