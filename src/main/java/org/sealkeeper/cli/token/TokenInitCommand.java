package org.sealkeeper.cli.token;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.sealkeeper.cli.console.ConfigOption;
import org.sealkeeper.cli.console.ExitCode;
import org.sealkeeper.cli.console.JsonResult;
import org.sealkeeper.config.ApplianceFile;
import org.sealkeeper.hsm.PinGenerator;
import org.sealkeeper.hsm.TokenCreation;
import org.sealkeeper.hsm.TokenProfile;
import org.sealkeeper.kernel.TokenLabel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token with new random PINs. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Make a new token, with random security officer and user PINs in two new files of mode 0600.",
            "Only for kinds of token that PKCS#11 can make (SoftHSM); others are made with their vendor's tool.",
            "An existing token or file is never overwritten."
        },
        footer = {
            "",
            "Exit codes: 0 made (or, with --if-missing, there already), 2 refused, 3 the token failed.",
            "",
            "Example:",
            "  sealkeeper token init --config appliance.yaml --so-pin-file pins/so.pin"
        })
final class TokenInitCommand implements Callable<Integer> {
    @Mixin
    ConfigOption config;

    @Option(
            names = "--so-pin-file",
            required = true,
            paramLabel = "FILE",
            description = "Where to leave the security officer's PIN. Keep it away from the appliance.")
    Path soPin;

    @Option(names = "--profile", paramLabel = "FILE", description = "The kind of token, instead of that in --config.")
    Optional<Path> profile = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "The token's label: which of those in --config, where it has several.")
    Optional<TokenLabel> label = Optional.empty();

    @Option(
            names = "--user-pin-file",
            paramLabel = "FILE",
            description = "Where to leave the user PIN, instead of where --config says.")
    Optional<Path> userPin = Optional.empty();

    @Option(names = "--if-missing", description = "Do nothing, and succeed, where the token exists.")
    boolean ifMissing;

    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        ApplianceFile.Token token = token();
        TokenProfile kind = TokenProfile.read(token.profile());
        var creation = new TokenCreation(kind, token.label());
        boolean present = ifMissing && creation.exists();
        if (!present) {
            creation.create(new PinGenerator(new SecureRandom()), soPin, token.userPin());
        }
        spec.commandLine().getOut().println(json ? json(token, present) : text(kind, token, present));
        return ExitCode.OK;
    }

    /** The three options together need no appliance file. */
    private ApplianceFile.Token token() {
        if (profile.isPresent() && label.isPresent() && userPin.isPresent()) {
            return new ApplianceFile.Token(profile.get(), label.get(), userPin.get());
        }
        ApplianceFile.Token declared = DeclaredToken.of(config.read(), label);
        return new ApplianceFile.Token(
                profile.orElse(declared.profile()), declared.label(), userPin.orElse(declared.userPin()));
    }

    private String text(TokenProfile kind, ApplianceFile.Token token, boolean present) {
        String what = "token '" + token.label() + "' (" + kind.kind() + ")";
        return present
                ? what + ": exists already"
                : what + ": made; user PIN in " + token.userPin() + ", security officer PIN in " + soPin;
    }

    private String json(ApplianceFile.Token token, boolean present) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("label", token.label().value());
        members.put("created", !present);
        members.put("userPinFile", token.userPin());
        members.put("soPinFile", soPin);
        return JsonResult.of(members);
    }
}
