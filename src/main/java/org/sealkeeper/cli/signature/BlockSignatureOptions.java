package org.sealkeeper.cli.signature;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.sealkeeper.cli.console.InputFile;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.ledger.verification.BlockLine;
import org.sealkeeper.ledger.verification.BlockVerdict;
import org.sealkeeper.ledger.verification.BlockVerifier;
import org.sealkeeper.verify.KeyStates;
import org.sealkeeper.verify.PublicKeySet;
import org.sealkeeper.verify.TrustedKeys;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A block's signature: as it stands in the field {@code signature} of a signed block, or with all of that block. */
final class BlockSignatureOptions {
    private static final int MAX_BYTES = 16_384;

    @Option(
            names = "--keys",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "The keys to trust: JWK Sets, PEM public keys or PEM certificates.")
    List<Path> keys;

    @Option(
            names = "--key-states",
            paramLabel = "FILE",
            description =
                    "Which keys are compromised: 'keys export --format states'. What such a key signed is invalid here.")
    @Nullable
    Path keyStates;

    @ArgGroup(multiplicity = "1")
    Signed signed;

    /** The signature alone, or the block that has it. */
    static final class Signed {
        @Option(
                names = "--jws",
                paramLabel = "FILE",
                description = "The JWS in compact form, typ block+jws; - is standard input.")
        @Nullable
        Path jws;

        @Option(
                names = "--block",
                paramLabel = "FILE",
                description =
                        "The signed block as the API gives it, with its proof if the signature is that of a batch;"
                                + " - is standard input.")
        @Nullable
        Path block;

        private Path file() {
            return jws == null ? requireNonNull(block) : jws;
        }

        private BlockVerdict judge(TrustedKeys trusted) {
            String text = InputFile.text(file(), MAX_BYTES).strip();
            return jws == null ? new BlockLine(trusted).judge(text) : new BlockVerifier(trusted).verify(text);
        }
    }

    SignatureResult judge(boolean isAnyKid) {
        List<PublicKeySet> trusted =
                keys.stream().map(file -> InputFile.keys(file, isAnyKid)).toList();
        return switch (signed.judge(TrustedKeys.of(trusted).in(states()))) {
            case BlockVerdict.Valid valid -> valid(valid, setOf(trusted, valid.keyId()));
            case BlockVerdict.Invalid(String reason) -> invalid(reason);
            case BlockVerdict.Malformed(String reason) ->
                throw new ConfigurationFault(signed.file() + ": " + reason + "; no signature was judged");
        };
    }

    private KeyStates states() {
        return keyStates == null ? KeyStates.NONE : InputFile.keyStates(keyStates);
    }

    private static PublicKeySet setOf(List<PublicKeySet> trusted, KeyId key) {
        return trusted.stream()
                .filter(set ->
                        set.keys().stream().anyMatch(found -> found.keyId().equals(key)))
                .findFirst()
                .orElseThrow();
    }

    private static SignatureResult valid(BlockVerdict.Valid valid, PublicKeySet set) {
        var block = valid.statement();
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("chain", block.chain());
        details.put("height", block.height().value());
        details.put("previousHash", block.previousHash());
        details.put("blockHash", block.blockHash());
        details.put("signedAt", block.signedAtText());
        details.put("keyId", valid.keyId());
        SignatureResult.name(set, valid.keyId()).ifPresent(name -> details.put("kid", name));
        String text = "block %s of chain %s, hash %s, signed at %s with key %s: valid"
                .formatted(
                        block.height(),
                        block.chain(),
                        block.blockHash(),
                        block.signedAtText(),
                        SignatureResult.key(set, valid.keyId()));
        return new SignatureResult(true, text, details);
    }

    private static SignatureResult invalid(String reason) {
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("reason", reason);
        return new SignatureResult(false, reason + ": invalid", details);
    }
}
