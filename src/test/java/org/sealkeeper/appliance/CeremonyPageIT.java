package org.sealkeeper.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sealkeeper.testing.ApplianceProcess;
import org.sealkeeper.testing.Command;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.JavaProcess;
import org.sealkeeper.testing.OfficerCard;
import org.sealkeeper.testing.OperationsPage;

/** What docs/operations/ceremony.md tells a team to type, word by word, beside a running appliance. */
class CeremonyPageIT {
    @TempDir
    Path folder;

    @Test
    void thePageIsTypedAsWrittenAndACardApprovesToo() throws Exception {
        Home home = Home.provision(folder);
        home.write(
                "audit.vkeys",
                home.configured("keys", "export", "--format", "vkeys")
                        .succeeded()
                        .out());
        String page = OperationsPage.of("ceremony.md").typed();
        assertThat(page).contains("ceremony execute", "ceremony verify");
        try (var _ = ApplianceProcess.start(home)) {
            Command typed = Command.shell(
                    folder, "set -e\n" + page.replace("https://host:8443", "https://localhost:" + home.port()));
            assertThat(typed.succeeded().out())
                    .contains("rotate-key: created", "VALID: request", "approved by alice, bob", "no drift");
        }
        aCardApproves(home);
    }

    /** SoftHSM stands for the card, with the key of the officer carol. */
    private void aCardApproves(Home home) throws IOException {
        Path card = Files.createDirectories(folder.resolve("card/tokens")).getParent();
        Files.writeString(card.resolve("softhsm2.conf"), "directories.tokendir = " + card.resolve("tokens") + "\n");
        Path pin = Files.writeString(card.resolve("pin"), "1234\n");
        Command _ = Command.run(folder, List.of("chmod", "600", pin.toString())).succeeded();
        Command _ = Command.run(
                        card,
                        List.of(
                                "softhsm2-util",
                                "--init-token",
                                "--free",
                                "--label",
                                "carol",
                                "--so-pin",
                                "5678",
                                "--pin",
                                "1234"))
                .succeeded();
        String library = OfficerCard.library().toString();
        JavaProcess.Result stored = JavaProcess.run(
                Map.of("SOFTHSM2_CONF", card.resolve("softhsm2.conf").toString()),
                OfficerCard.class.getName(),
                List.of(
                        library,
                        pin.toString(),
                        folder.resolve("carol.p12").toString(),
                        folder.resolve("carol.password").toString()));
        assertThat(stored.exitCode()).as(stored.err()).isZero();

        Path request = requestOf(home);
        String digest = request.getFileName().toString().substring(0, 16);
        Command approved = Command.sealkeeper(
                card,
                "ceremony",
                "approve",
                request.toString(),
                "--digest",
                digest,
                "--as",
                "carol",
                "--card",
                library,
                "--password-file",
                pin.toString(),
                "--out",
                "carol.approval");
        assertThat(approved.succeeded().out()).contains("Approved by carol");
        Command _ = Command.shell(folder, """
                sealkeeper ceremony approve %1$s --digest %2$s --as alice --key alice.p12 --password-file alice.password --out a
                sealkeeper ceremony execute %1$s --approval a --approval card/carol.approval
                """.formatted(request, digest)).succeeded();
    }

    private static Path requestOf(Home home) {
        Command made =
                Command.sealkeeper(home.folder(), "keys", "rotate", "--alias", "patient-data", "--request", "requests");
        return home.folder()
                .resolve(Pattern.compile("written to (\\S+)")
                        .matcher(made.succeeded().out())
                        .results()
                        .map(written -> written.group(1))
                        .findFirst()
                        .orElseThrow());
    }
}
