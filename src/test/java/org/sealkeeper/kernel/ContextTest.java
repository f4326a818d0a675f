package org.sealkeeper.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContextTest {
    @Test
    void theOrderOfTheMembersDoesNotMatter() {
        Map<String, String> reversed = new LinkedHashMap<>();
        reversed.put("report", "r-1");
        reversed.put("lab", "lab-a");

        assertThat(text(Context.of(reversed)))
                .isEqualTo("{\"lab\":\"lab-a\",\"report\":\"r-1\"}")
                .isEqualTo(text(Context.of(Map.of("lab", "lab-a", "report", "r-1"))));
    }

    @Test
    void contextsThatDifferInOneCharacterDiffer() {
        assertThat(text(Context.of(Map.of("report", "r-1")))).isNotEqualTo(text(Context.of(Map.of("report", "r-2"))));
        assertThat(text(Context.of(Map.of("report", "r-1")))).isNotEqualTo(text(Context.of(Map.of("Report", "r-1"))));
        assertThat(text(Context.of(Map.of("a", "b\",\"c\":\"d"))))
                .isNotEqualTo(text(Context.of(Map.of("a", "b", "c", "d"))));
    }

    @Test
    void anyContextIsWrittenAsAnotherCanonicalizerWritesIt() throws IOException {
        var random = new Random(8785);
        for (int round = 0; round < 2_000; round++) {
            Map<String, String> members = new LinkedHashMap<>();
            for (int member = 0; member <= random.nextInt(Context.MOST_MEMBERS); member++) {
                members.put(text(random, 1 + random.nextInt(8)), text(random, random.nextInt(12)));
            }
            String json = text(Context.of(members));
            assertThat(new JsonCanonicalizer(json).getEncodedString()).isEqualTo(json);
        }
    }

    /** Control characters, quotes, letters, and characters outside the basic plane. */
    private static String text(Random random, int characters) {
        int[] ends = {0x20, 0x80, 0xD800, 0x20000};
        return IntStream.range(0, characters)
                .map(i -> random.nextInt(ends[random.nextInt(ends.length)]))
                .map(c -> c >= 0xD800 && c < 0xE000 ? 'x' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    static List<Map<String, String>> outOfBounds() {
        return List.of(
                Map.of(),
                IntStream.range(0, 17).boxed().collect(Collectors.toMap(i -> "m" + i, i -> "")),
                Map.of("", "x"),
                Map.of("n".repeat(65), "x"),
                Map.of("n", "v".repeat(513)),
                Map.of("n", "\ud800"),
                Map.of("\udc00", "v"));
    }

    @ParameterizedTest
    @MethodSource("outOfBounds")
    void aContextOutOfBoundsIsRefusedWithoutQuotingIt(Map<String, String> members) {
        assertThatThrownBy(() -> Context.of(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected");
    }

    @Test
    void aContextInWhichACharacterWasLostIsNotLegible() {
        assertThat(Context.of(Map.of("ort", "Zürich")).isLegible()).isTrue();
        assertThat(Context.of(Map.of("ort", "Z\ufffdrich")).isLegible()).isFalse();
        assertThat(Context.of(Map.of("stra\ufffde", "x", "ort", "y")).isLegible())
                .isFalse();
    }

    @Test
    void itsTextTellsNothingOfTheRecord() {
        assertThat(Context.of(Map.of("patient", "Miller"))).asString().doesNotContain("patient", "Miller");
    }

    private static String text(Context context) {
        return new String(context.canonicalJson(), UTF_8);
    }
}
