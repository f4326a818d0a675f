package org.sealkeeper.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.ArchTest;
import jakarta.ws.rs.HttpMethod;
import java.util.List;
import org.sealkeeper.audit.Operation;
import org.sealkeeper.http.access.Recorded;
import org.sealkeeper.http.access.RecordedElsewhere;

/** Every door says how the audit log learns of its requests. {@link FloorPlanTest} judges by them. */
final class DoorRules {
    private static final int FEWEST_DOORS = 20;

    @ArchTest
    static void everyDoorIsRecordedHereOrElsewhere(JavaClasses classes) {
        assertThat(doors(classes))
                .hasSizeGreaterThan(FEWEST_DOORS)
                .allSatisfy(door -> assertThat(door.isAnnotatedWith(Recorded.class))
                        .as(door.getFullName())
                        .isNotEqualTo(door.isAnnotatedWith(RecordedElsewhere.class)));
    }

    @ArchTest
    static void everyDoorIsRecordedUnderTheNameOfAnOperation(JavaClasses classes) {
        assertThat(doors(classes).stream().filter(door -> door.isAnnotatedWith(Recorded.class)))
                .isNotEmpty()
                .allSatisfy(door -> assertThat(Operation.named(
                                door.getAnnotationOfType(Recorded.class).value()))
                        .as(door.getFullName())
                        .isPresent());
    }

    private static List<JavaMethod> doors(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .toList();
    }
}
