package org.sealkeeper.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sealkeeper.testing.HandBrowser.location;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sealkeeper.testing.Await;
import org.sealkeeper.testing.Blocks;
import org.sealkeeper.testing.Caller;
import org.sealkeeper.testing.HandBrowser;
import org.sealkeeper.testing.Home;
import org.sealkeeper.testing.RawConnection;
import org.sealkeeper.testing.TokenIssuer;

/** People sign in to the console with a real issuer, and attackers do not. Run by {@link TokensIT}. */
abstract class SignInTests {
    private static final String SESSION = "__Host-sealkeeper-console";
    private static final String BEGUN = "__Host-sealkeeper-sign-in";
    private static final String HERE = "same-origin";
    private static final String ELSEWHERE = "cross-site";

    private final Home home;
    private final TokenIssuer issuer;
    private final Caller auditor;
    private final HandBrowser browser;

    SignInTests(Home home, TokenIssuer issuer, Caller auditor) {
        this.home = home;
        this.issuer = issuer;
        this.auditor = auditor;
        this.browser = new HandBrowser(home);
    }

    @BeforeEach
    void comeAsReviewer() {
        issuer.signIns().signIn(reviewer().claim("amr", List.of("pwd", "otp")));
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private JWTClaimsSet.Builder reviewer() {
        return issuer.claims("dr-r").claim("groups", "reviewers");
    }

    private String begin() {
        return "/console/sign-in/begin?issuer=" + URLEncoder.encode(issuer.name(), UTF_8);
    }

    /** Where the issuer sends the browser back to, once somebody has signed in there. */
    private String comeBack() {
        String there = location(browser.go(begin(), HERE));
        assertThat(there).startsWith(issuer.name() + "/authorize?ward=3&response_type=code&");
        return location(browser.go(there, ELSEWHERE));
    }

    private HttpResponse<String> signIn() {
        return browser.go(comeBack(), ELSEWHERE);
    }

    private int see(String path) {
        return browser.go(path, HERE).statusCode();
    }

    private static void assertPage(HttpResponse<String> answer, int status, String... words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .hasSize(1)
                .allSatisfy(policy -> assertThat(policy).contains("default-src 'none'", "form-action 'self'"));
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.body()).contains(words);
    }

    @Test
    void aPersonSignsInSeesWhatThePolicyLetsItSeeAndSignsOut() {
        assertPage(browser.go("/console/sign-in", "none"), 200, "Sign in at", "localhost", issuer.name());

        HttpResponse<String> entered = signIn();

        assertThat(location(entered)).isEqualTo("/console");
        assertThat(entered.headers().allValues("Set-Cookie"))
                .anyMatch(cookie ->
                        cookie.matches(SESSION + "=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax"));
        assertThat(browser.cookies()).containsOnlyKeys(SESSION);
        assertThat(location(browser.go("/console", ELSEWHERE))).endsWith("/console/now");
        assertPage(browser.go("/console/now", HERE), 200, "dr-r@" + issuer.name(), "Sign out");
        assertPage(browser.go("/console/chains", HERE), 403, "This caller may not do this", "dr-r@");
        assertPage(browser.go("/console/nowhere", HERE), 404, "There is nothing here");

        String secret = browser.cookies().get(SESSION);
        assertThat(location(browser.post("/console/sign-out", HERE))).isEqualTo("/console/sign-in");
        assertThat(browser.cookies()).isEmpty();
        browser.cookies().put(SESSION, secret);
        assertThat(location(browser.go("/console/now", HERE))).isEqualTo("/console/sign-in");
    }

    @Test
    void aStrangerInABrowserIsLedToTheSignInAndAProgramIsToldAsEver() {
        HttpResponse<String> led = browser.go("/console", "none");
        HttpResponse<String> told = browser.send(browser.fetching("/console", "none"));

        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(location(led)).isEqualTo("/console/sign-in");
        assertThat(led.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(told.statusCode()).isEqualTo(401);
        assertThat(told.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(browser.go("/v1/chains", "none").headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void moreThanOneFactorIsAskedForWhereThePolicySaysSo() {
        issuer.signIns().signIn(reviewer().claim("amr", List.of("pwd")));
        signIn();

        assertPage(browser.go("/console", HERE), 403, "This caller may not do this", "Sign out");
        assertThat(see("/console/now")).isEqualTo(403);

        comeAsReviewer();
        signIn();
        assertThat(see("/console/now")).isEqualTo(200);
    }

    @Test
    void onlyTheBrowserThatBeganASignInEndsItAndOnlyOnce() {
        String back = comeBack();
        String secret = browser.cookies().get(BEGUN);

        assertPage(browser.go(back.replaceAll("state=[^&]+", "state=" + "A".repeat(43)), ELSEWHERE), 400, "is over");
        assertPage(browser.go(back.replaceAll("&state=[^&]+", ""), ELSEWHERE), 400, "Sign in");
        browser.cookies().clear();
        assertPage(browser.go(back, ELSEWHERE), 400, "not begun in this browser");
        browser.cookies().put(BEGUN, "A".repeat(43));
        assertPage(browser.go(back, ELSEWHERE), 400, "not begun in this browser");

        browser.cookies().put(BEGUN, secret);
        assertThat(location(browser.go(back, ELSEWHERE))).isEqualTo("/console");
        browser.cookies().put(BEGUN, secret);
        assertPage(browser.go(back, ELSEWHERE), 400, "not begun in this browser");
    }

    @Test
    void aCodeThatWasUsedOrIsOfAnotherSignInOpensNothing() {
        String stolen = comeBack().replaceAll(".*code=([^&]+).*", "$1");

        assertPage(browser.go(comeBack().replaceAll("code=[^&]+", "code=" + stolen), ELSEWHERE), 403, "this code");
        assertThat(browser.cookies()).doesNotContainKey(SESSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&iss=https%3A%2F%2Fevil.example", "&iss=", ""})
    void anAnswerThatDoesNotNameItsIssuerOpensNothing(String named) {
        String back = comeBack().replaceAll("&iss=[^&]+", named);

        assertPage(browser.go(back, ELSEWHERE), 403, "another");
        assertThat(browser.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void whatIsNoAccessTokenOfThisSignInOpensNothing() {
        refuses("access token", changed("access_token", issuer.token(reviewer().claim("at_hash", "x"))));
        refuses("audience", changed("access_token", issuer.signIns().idToken("x")));
        refuses("access token", changed("access_token", ForgedToken.OF_THE_TYPE_OF_ANY_JWT.made(issuer, reviewer())));
        refuses("expired", changed("access_token", ForgedToken.EXPIRED.made(issuer, reviewer())));
        refuses("audience", changed("access_token", ForgedToken.FOR_ANOTHER_AUDIENCE.made(issuer, reviewer())));
        refuses(
                "signed with a key",
                changed("access_token", ForgedToken.SIGNED_WITH_AN_UNKNOWN_KEY.made(issuer, reviewer())));
        refuses(
                "no certificate",
                changed("access_token", ForgedToken.BOUND_TO_ANOTHER_CERTIFICATE.made(issuer, reviewer())));
        refuses("bearer token", changed("access_token", "x".repeat(8_193)));
        refuses("bearer token", changed("token_type", "DPoP"));
        refuses("this sign-in", changed("id_token", issuer.signIns().idToken("of another")));
        refuses("ID token", changed("id_token", "x"));
    }

    private static UnaryOperator<Map<String, Object>> changed(String member, String value) {
        return answer -> {
            Map<String, Object> other = new HashMap<>(answer);
            other.put(member, value);
            return other;
        };
    }

    private void refuses(String word, UnaryOperator<Map<String, Object>> answer) {
        issuer.signIns().answer(answer);
        assertPage(signIn(), 403, word);
        assertThat(browser.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void aSessionThatWasThereBeforeIsNotKept() {
        browser.cookies().put(SESSION, "A".repeat(43));
        signIn();
        String first = browser.cookies().get(SESSION);
        assertThat(first).isNotEqualTo("A".repeat(43));

        signIn();
        assertThat(browser.cookies().get(SESSION)).isNotEqualTo(first);
        browser.cookies().put(SESSION, first);
        assertThat(see("/console/now")).isEqualTo(303);
    }

    @Test
    void aSessionEndsWithItsToken() {
        issuer.signIns()
                .signIn(reviewer()
                        .claim("amr", "otp")
                        .expirationTime(Date.from(Instant.now().plusSeconds(3))));
        signIn();

        assertThat(see("/console/now")).isEqualTo(200);
        Await.until(() -> see("/console/now") == 303);
    }

    @Test
    void aSessionOpensTheConsoleAndTheReadsOfItsPagesAndNothingElse() {
        signIn();

        for (String read : List.of("/v1/audit/entries/0/proof", "/v1/chains/lab-a/blocks/0/evidence")) {
            assertThat(fetch(read, HERE)).as(read).isEqualTo(read.startsWith("/v1/audit") ? 200 : 403);
            assertThat(fetch(read, ELSEWHERE)).as(read).isEqualTo(401);
            assertThat(fetch(read, "same-site")).as(read).isEqualTo(401);
            assertThat(see(read + "/../../entries")).as(read).isEqualTo(401);
        }
        assertThat(fetch("/v1/audit/entries", HERE)).isEqualTo(401);
        assertThat(fetch("/v1/chains", HERE)).isEqualTo(401);
        assertThat(browser.send(browser.fetching("/v1/chains/lab-b/blocks", HERE)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(Blocks.request("session", 0))))
                        .statusCode())
                .isEqualTo(401);
    }

    private int fetch(String path, String site) {
        return browser.send(browser.fetching(path, site)).statusCode();
    }

    @Test
    void aTokenBesideASessionIsRefused() {
        signIn();
        var both = browser.fetching("/console/now", HERE).header("Authorization", "Bearer " + issuer.token(reviewer()));

        HttpResponse<String> answer = browser.send(both);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid-token", "expected one token");
    }

    @Test
    void whatAnotherSiteSendsSignsNobodyOutAndChangesNothing() {
        signIn();

        assertPage(browser.post("/console/sign-out", ELSEWHERE), 403, "may not do this");
        assertPage(browser.post("/console/sign-out", "same-site"), 403, "may not do this");
        assertThat(auditor.post("/console/sign-out", "{}").statusCode()).isEqualTo(403);
        assertThat(see("/console/now")).isEqualTo(200);
        assertThat(location(browser.go(begin(), ELSEWHERE))).isEqualTo("/console/sign-in");
    }

    @Test
    void noAddressLeadsAwayFromHere() {
        String there = location(
                browser.go(begin() + "&next=https%3A%2F%2Fevil.example&redirect_uri=https%3A%2F%2Fevil.example", HERE));
        String back = location(browser.go(there, ELSEWHERE));

        assertThat(there).doesNotContain("evil").contains("redirect_uri=https%3A%2F%2Flocalhost%3A" + home.port());
        assertThat(location(browser.go(back + "&next=https%3A%2F%2Fevil.example", ELSEWHERE)))
                .isEqualTo("/console");
    }

    @Test
    void aBrowserThatReachedAnotherNameIsSentNowhere() throws IOException {
        var tls = Caller.tls(home.folder().resolve("pki/ca.pem"), null, null);
        for (String host : List.of("evil.example", "localhost.evil.example", "localhost@evil.example", "127.0.0.2")) {
            try (var raw = new RawConnection(home.port(), tls)) {
                assertThat(raw.ask("GET " + begin() + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                        .startsWith("HTTP/1.1 400")
                        .doesNotContain("Location", "location");
            }
        }
    }

    @Test
    void whatCannotBeAnsweredIsToldInWordsAndNeverFails() {
        String hostile = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        String back = comeBack();

        assertPage(browser.go("/console/sign-in/begin?issuer=" + hostile, HERE), 404, "Nobody signs in");
        assertPage(browser.go("/console/sign-in/begin", HERE), 404, "Nobody signs in");
        assertPage(browser.go("/console/sign-in/end", ELSEWHERE), 400, "Sign in again");
        assertThat(browser.go("/console/sign-in/end?state=" + "x".repeat(2_100), ELSEWHERE)
                        .statusCode())
                .isEqualTo(414);
        HttpResponse<String> denied = browser.go(
                back.replaceAll("code=[^&]+", "error=access_denied&error_description=" + hostile), ELSEWHERE);
        assertPage(denied, 403, "&#39;access_denied&#39;");
        assertThat(denied.body()).doesNotContain("script");
        assertPage(browser.go("/console/sign-in/begin?issuer=https%3A%2F%2Flocalhost%3A1", HERE), 503, "in a moment");
    }

    @Test
    void anIssuerThatIsAwayIsToldOf() {
        String back = comeBack();
        issuer.setDown(true);
        try {
            assertPage(browser.go(back, ELSEWHERE), 503, "in a moment", "Sign in");
        } finally {
            issuer.setDown(false);
        }
    }
}
