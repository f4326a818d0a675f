package org.sealkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        return argument.required()
                || argument.defaultValue() != null
                || argument.initialValue() != null
                || mayBeNull(argument);
    }

    private static boolean mayBeNull(ArgSpec argument) {
        return argument.userObject() instanceof Field field
                && field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
