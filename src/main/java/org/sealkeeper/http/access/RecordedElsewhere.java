package org.sealkeeper.http.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says why a door's requests leave no leaf of the front door's: what records them, or why nothing does. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RecordedElsewhere {
    /** The reason, in one sentence. */
    String value();
}
