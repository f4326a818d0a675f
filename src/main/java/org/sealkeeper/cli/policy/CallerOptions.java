package org.sealkeeper.cli.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sealkeeper.config.ConfigurationFault;
import org.sealkeeper.identity.BearerToken;
import org.sealkeeper.identity.Caller;
import org.sealkeeper.identity.CallerId;
import picocli.CommandLine.Option;

/** The caller that asks. */
final class CallerOptions {
    @Option(
            names = "--caller",
            paramLabel = "ID",
            description = "The caller's certificate: its SAN URI, else its subject DN.")
    Optional<CallerId> certificate = Optional.empty();

    @Option(names = "--issuer", paramLabel = "URL", description = "The issuer of the caller's token.")
    Optional<String> issuer = Optional.empty();

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description = "The subject of the caller's token. Default: subject.")
    String subject = "subject";

    @Option(
            names = "--claim",
            paramLabel = "NAME=TEXT",
            description = "A claim of the caller's token; repeat it for a claim that is a list.")
    List<TokenClaim> claims = List.of();

    /** @throws ConfigurationFault if there is neither certificate nor issuer, or claims without an issuer */
    Caller identity() {
        if (issuer.isEmpty() && (certificate.isEmpty() || !claims.isEmpty())) {
            throw new ConfigurationFault(
                    claims.isEmpty()
                            ? "expected --caller, or --issuer for the caller's token, found neither"
                            : "--claim: expected --issuer too, found none");
        }
        return new Caller(certificate, issuer.map(name -> new BearerToken(name, subject, Optional.empty(), claims())));
    }

    private Map<String, Object> claims() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (TokenClaim claim : claims) {
            values.computeIfAbsent(claim.name(), _ -> new ArrayList<>()).add(claim.text());
        }
        Map<String, Object> read = new LinkedHashMap<>();
        values.forEach((name, texts) -> read.put(name, texts.size() == 1 ? texts.getFirst() : texts));
        return read;
    }
}
