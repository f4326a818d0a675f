package org.sealkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** NullAway leaves out the fields that picocli fills; so the build asks here whether it fills each of them. */
class CommandFieldsTest {

    @Test
    void everyFieldOfACommandIsRequiredOrHasADefaultOrMayBeNull() {
        assertThat(commands(Sealkeeper.commandLine()).flatMap(command -> command.getCommandSpec().args().stream()))
                .hasSizeGreaterThan(100)
                .allSatisfy(argument -> assertThat(isFilled(argument))
                        .as(argument.userObject().toString())
                        .isTrue());
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandFieldsTest::commands));
    }

    private static boolean isFilled(ArgSpec argument) {
        Field field = (Field) argument.userObject();
        return argument.required()
                || argument.defaultValue() != null
                || field.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || hasInitialValue(field);
    }

    private static boolean hasInitialValue(Field field) {
        try {
            Constructor<?> constructor = field.getDeclaringClass().getDeclaredConstructor();
            constructor.setAccessible(true);
            field.setAccessible(true);
            return field.get(constructor.newInstance()) != null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("expected a class that picocli can make", e);
        }
    }
}
