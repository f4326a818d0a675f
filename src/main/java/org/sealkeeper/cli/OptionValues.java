package org.sealkeeper.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.sealkeeper.assessment.Severity;
import org.sealkeeper.audit.Outcome;
import org.sealkeeper.cli.audit.LogPlace;
import org.sealkeeper.cli.connection.ApplianceUrl;
import org.sealkeeper.cli.connection.LogUrl;
import org.sealkeeper.cli.console.Count;
import org.sealkeeper.cli.console.FilePath;
import org.sealkeeper.cli.console.HexText;
import org.sealkeeper.cli.console.LeafIndex;
import org.sealkeeper.cli.console.Numbers;
import org.sealkeeper.cli.console.OneOf;
import org.sealkeeper.cli.console.OutputFile;
import org.sealkeeper.cli.policy.PolicyCases;
import org.sealkeeper.cli.policy.TokenClaim;
import org.sealkeeper.envelope.emergency.Justification;
import org.sealkeeper.identity.CallerId;
import org.sealkeeper.kernel.BlockHash;
import org.sealkeeper.kernel.ChainName;
import org.sealkeeper.kernel.Height;
import org.sealkeeper.kernel.KeyAlias;
import org.sealkeeper.kernel.KeyId;
import org.sealkeeper.kernel.RecipientName;
import org.sealkeeper.kernel.TokenLabel;
import org.sealkeeper.ledger.verification.Anchor;
import org.sealkeeper.merkle.KeyName;
import org.sealkeeper.merkle.Origin;
import org.sealkeeper.policy.PolicyOperation;
import org.sealkeeper.policy.Purpose;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks every value of the command line when it is read, by the check of its own type. */
final class OptionValues {
    private OptionValues() {}

    static CommandLine registerIn(CommandLine commandLine) {
        return commandLine
                .registerConverter(Path.class, checked(FilePath::parse))
                .registerConverter(OutputFile.class, checked(text -> new OutputFile(FilePath.parse(text))))
                .registerConverter(URI.class, checked(OptionValues::uri))
                .registerConverter(ApplianceUrl.class, checked(ApplianceUrl::parse))
                .registerConverter(LogUrl.class, checked(LogUrl::parse))
                .registerConverter(LogPlace.class, checked(LogPlace::parse))
                .registerConverter(Count.class, checked(Count::parse))
                .registerConverter(LeafIndex.class, checked(LeafIndex::parse))
                .registerConverter(TokenClaim.class, checked(TokenClaim::parse))
                .registerConverter(Origin.class, checked(text -> new KeyName(text).origin()))
                .registerConverter(Anchor.class, checked(Anchor::parse))
                .registerConverter(HexText.class, checked(HexText::new))
                .registerConverter(KeyAlias.class, checked(KeyAlias::new))
                .registerConverter(KeyId.class, checked(KeyId::new))
                .registerConverter(TokenLabel.class, checked(TokenLabel::new))
                .registerConverter(RecipientName.class, checked(RecipientName::new))
                .registerConverter(ChainName.class, checked(ChainName::new))
                .registerConverter(BlockHash.class, checked(BlockHash::new))
                .registerConverter(Height.class, checked(text -> new Height(Numbers.parse(text, 0, Height.MAX))))
                .registerConverter(Instant.class, checked(PolicyCases::time))
                .registerConverter(CallerId.class, checked(CallerId::new))
                .registerConverter(Justification.class, checked(Justification::of))
                .registerConverter(Purpose.class, checked(Purpose::new))
                .registerConverter(PolicyOperation.class, checked(PolicyOperation::named))
                .registerConverter(
                        org.sealkeeper.audit.Operation.class,
                        checked(text -> OneOf.named(
                                text,
                                List.of(org.sealkeeper.audit.Operation.values()),
                                org.sealkeeper.audit.Operation::text)))
                .registerConverter(
                        Severity.class, checked(text -> OneOf.named(text, List.of(Severity.values()), Severity::text)))
                .registerConverter(
                        Outcome.class, checked(text -> OneOf.named(text, List.of(Outcome.values()), Outcome::text)));
    }

    /** What the value's own check says becomes the error of its option. */
    private static <T> ITypeConverter<T> checked(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a URI, found '" + text + "'", e);
        }
    }
}
