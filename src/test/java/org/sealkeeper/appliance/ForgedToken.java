package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sealkeeper.testing.TokenIssuer;

/** Tokens that must prove nothing: signed by the right issuer but unfit, or signed by a forger. */
enum ForgedToken {
    EXPIRED {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.issueTime(in(-400)).expirationTime(in(-60)));
        }
    },
    NOT_YET_VALID {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.notBeforeTime(in(120)));
        }
    },
    ISSUED_IN_THE_FUTURE {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.issueTime(in(60)));
        }
    },
    WITHOUT_AN_END {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.expirationTime(null));
        }
    },
    LONGER_LIVED_THAN_TRUSTED {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.expirationTime(in(3_600)));
        }
    },
    FOR_ANOTHER_AUDIENCE {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.audience("billing"));
        }
    },
    OF_AN_UNKNOWN_ISSUER {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.issuer("https://idp.example"));
        }
    },
    WITHOUT_A_SUBJECT {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.subject(null));
        }
    },
    WITH_A_SUBJECT_THAT_IS_NO_NAME {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.subject("robot-7\u0007"));
        }
    },
    BOUND_TO_A_DPOP_KEY {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")));
        }
    },
    BOUND_TO_ANOTHER_CERTIFICATE {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.claim("cnf", Map.of("x5t#S256", "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0")));
        }
    },
    FOR_LOGGING_OUT {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return TokenIssuer.token(header(issuer).type(new JOSEObjectType("logout+jwt")), claims, issuer.key());
        }
    },
    OF_NO_TYPE {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return TokenIssuer.token(header(issuer).type(null), claims, issuer.key());
        }
    },
    OF_THE_TYPE_OF_ANY_JWT {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return TokenIssuer.token(header(issuer).type(JOSEObjectType.JWT), claims, issuer.key());
        }
    },
    AN_ID_TOKEN_WITH_THE_TYPE_OF_AN_ACCESS_TOKEN {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.claim("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"));
        }
    },
    UNSIGNED {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return part("{\"alg\":\"none\"}") + "." + part(claims.build().toString()) + ".";
        }
    },
    UNSIGNED_WITH_A_SIGNATURE {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            String token = issuer.token(claims);
            return part("{\"alg\":\"none\"}") + token.substring(token.indexOf('.'));
        }
    },
    SIGNED_WITH_THE_PUBLIC_KEY_AS_A_SECRET {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            try {
                var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(issuer.key().getKeyID());
                var token = new SignedJWT(header.build(), claims.build());
                token.sign(new MACSigner(issuer.key().toECPublicKey().getEncoded()));
                return token.serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    SIGNED_WITH_AN_ALGORITHM_NOT_ON_THE_LIST {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID("rsa");
            return TokenIssuer.token(header, claims, issuer.rsa());
        }
    },
    SIGNED_WITH_A_KEY_OF_ITS_OWN {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            ECKey own = TokenIssuer.newKey();
            return TokenIssuer.token(header(issuer).jwk(own.toPublicJWK()), claims, own);
        }
    },
    POINTING_TO_A_KEY_OF_ITS_OWN {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            URI elsewhere = URI.create(issuer.name() + "/forged");
            return TokenIssuer.token(header(issuer).jwkURL(elsewhere), claims, TokenIssuer.newKey());
        }
    },
    POINTING_TO_A_CERTIFICATE_OF_ITS_OWN {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            URI elsewhere = URI.create(issuer.name() + "/forged");
            return TokenIssuer.token(header(issuer).x509CertURL(elsewhere), claims, TokenIssuer.newKey());
        }
    },
    SIGNED_WITH_AN_UNKNOWN_KEY {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            ECKey unknown = TokenIssuer.newKey();
            return TokenIssuer.token(TokenIssuer.header(unknown), claims, unknown);
        }
    },
    WITH_A_CRITICAL_EXTENSION {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            var header = header(issuer).criticalParams(Set.of("ward")).customParam("ward", 3);
            return TokenIssuer.token(header, claims, issuer.key());
        }
    },
    WITH_OTHER_CLAIMS_THAN_WERE_SIGNED {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            String[] parts = issuer.token(claims).split("\\.", -1);
            return parts[0] + "." + part(claims.subject("dr-b").build().toString()) + "." + parts[2];
        }
    },
    WITH_A_SIGNATURE_OF_ZEROS {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            String token = issuer.token(claims);
            return token.substring(0, token.lastIndexOf('.') + 1) + Base64URL.encode(new byte[64]);
        }
    },
    WITH_A_PADDED_SIGNATURE {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims) + "==";
        }
    },
    WITH_STRAY_BITS_IN_ITS_SIGNATURE {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return strayed(issuer.token(claims));
        }
    },
    TOO_LONG {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return issuer.token(claims.claim("groups", List.of("robots", "x".repeat(8_192))));
        }
    },
    NO_JSON {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return part("{\"alg\":\"ES256\"}") + "." + part("[[[[") + "." + part("x");
        }
    },
    ENCRYPTED {
        @Override
        String made(TokenIssuer issuer, JWTClaimsSet.Builder claims) {
            return part("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..a.b.c";
        }
    };

    abstract String made(TokenIssuer issuer, JWTClaimsSet.Builder claims);

    static JWSHeader.Builder header(TokenIssuer issuer) {
        return TokenIssuer.header(issuer.key());
    }

    /** Other text of the same bytes: the last character of 64 bytes has four bits that count for nothing. */
    private static String strayed(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = token.length() - 1;
        return token.substring(0, last) + alphabet.charAt(alphabet.indexOf(token.charAt(last)) + 1);
    }

    static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static String part(String json) {
        return Base64URL.encode(json.getBytes(UTF_8)).toString();
    }
}
