package org.sealkeeper.issuers;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sealkeeper.config.FileContent;
import org.sealkeeper.http.identity.TokenVerifier.Verdict;
import org.sealkeeper.testing.TokenIssuer;

/** Of what an issuer signs for the audience of this appliance, its access tokens alone count. */
class AccessTokensTest {
    private static final ECKey KEY = TokenIssuer.newKey();
    private static final String FILE = """
            issuers:
              - issuer: https://idp.example
                audience: sealkeeper
                keys: keys.json
                authorities: none
                algorithms: [ES256]
                clockSkewSeconds: 30
                boundToCertificate: optional
                maxLifetimeSeconds: 900
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    # in issuers.yaml               | header's typ       | claims
                                                    | at+jwt             | {}
                                                    | AT+JWT             | {}
                                                    | application/at+jwt | {'nonce':'n'}
                    at+jwt                          | at+jwt             | {}
                    {claim: typ, value: Bearer}     | JWT                | {'typ':'Bearer'}
                    {claim: typ, value: Bearer}     | at+jwt             | {'typ':'Bearer','nonce':'n'}
                    {claim: token_use, value: access} |                  | {'token_use':'access'}
                    {claim: scp}                    | JWT                | {'scp':'Reports.Read Reports.Write'}
                    {claim: scp}                    | JWT                | {'scp':['Reports.Read']}
                    """)
    void anAccessTokenIsGood(String mark, String type, String claims) {
        assertThat(verdict(mark, type, claims)).isInstanceOf(Verdict.Good.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    # in issuers.yaml               | header's typ       | claims
                                                    |                    | {}
                                                    | JWT                | {}
                                                    | JWT                | {'typ':'Bearer'}
                                                    | id_token+jwt       | {}
                                                    | at+jwt             | {'at_hash':'h'}
                                                    | at+jwt             | {'c_hash':'h'}
                                                    | at+jwt             | {'events':{}}
                    {claim: typ, value: Bearer}     | JWT                | {'typ':'ID'}
                    {claim: typ, value: Bearer}     | JWT                | {'typ':'bearer'}
                    {claim: typ, value: Bearer}     | JWT                | {'typ':['Bearer']}
                    {claim: typ, value: Bearer}     | at+jwt             | {}
                    {claim: typ, value: Bearer}     | logout+jwt         | {'typ':'Bearer'}
                    {claim: token_use, value: access} |                  | {'token_use':'id'}
                    {claim: scp}                    | JWT                | {'nonce':'n'}
                    {claim: scp}                    | JWT                | {'scp':'a','typ':'ID'}
                    {claim: scp}                    | JWT                | {'scp':'a','typ':'Refresh'}
                    {claim: scp}                    | JWT                | {'scp':'a','token_use':'id'}
                    {claim: scp}                    | JWT                | {'scp':'a','at_hash':'h'}
                    {claim: scp}                    | JWT                | {'scp':null}
                    """)
    void whateverElseItSignsIsNone(String mark, String type, String claims) {
        assertThat(verdict(mark, type, claims))
                .isInstanceOfSatisfying(
                        Verdict.Bad.class, bad -> assertThat(bad.reason()).startsWith("expected an access token"));
    }

    private Verdict verdict(String mark, String type, String claims) {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID());
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        try {
            return trusting(mark)
                    .verify(TokenIssuer.token(header, claims(claims.replace('\'', '"')), KEY))
                    .toCompletableFuture()
                    .join();
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims(String json) throws ParseException {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder(JWTClaimsSet.parse(json))
                .serializeNullClaims(true)
                .issuer("https://idp.example")
                .audience("sealkeeper")
                .subject("dr-b")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private TrustedIssuers trusting(String mark) throws IOException {
        Files.writeString(folder.resolve("keys.json"), new JWKSet(KEY.toPublicJWK()).toString());
        String file = mark == null ? FILE : FILE + "    accessTokens: " + mark + "\n";
        return new TrustedIssuers(
                IssuersFile.read(FileContent.read(Files.writeString(folder.resolve("issuers.yaml"), file))),
                _ -> {
                    throw new AssertionError("a file needs no client");
                },
                InstantSource.system());
    }
}
