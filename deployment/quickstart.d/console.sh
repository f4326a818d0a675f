# shellcheck shell=bash
# The console: what a browser is shown with the auditor's PKCS#12 file, and what others are refused.

# see PATH [ARGUMENT…]: a GET of a page, and of the one it leads to, with the client certificate of the arguments. Sets STATUS and
# CONTENT_TYPE; the page is in the file ANSWER.
see() {
    local found
    found=$(curl --silent --show-error --max-time 30 --tlsv1.3 --cacert "$SEALKEEPER_HOME/pki/ca.pem" --location \
        --output "$ANSWER" --write-out '%{http_code} %{content_type}' "${@:2}" "https://localhost:$PORT$1")
    read -r STATUS CONTENT_TYPE <<<"$found"
}

# The password is no argument: every user of the machine sees those.
open_console() {
    local pki=$SEALKEEPER_HOME/pki
    see /console --cert-type P12 --cert "$pki/auditor.p12" --config <(printf 'pass = "%s"\n' "$(<"$pki/auditor.password")")
    [[ $STATUS == 200 && $CONTENT_TYPE == text/html* && $(<"$ANSWER") == *'<title>Now · Sealkeeper</title>'* ]] \
        || fail "expected the auditor to be shown the console's page Now, found $STATUS $CONTENT_TYPE: $(head -c 300 "$ANSWER")"
    detail "200, the page Now"
}

# Node-b may see the chain that it signs on; a caller without a certificate may see nothing.
try_console_as_others() {
    see /console/audit --cert "$SEALKEEPER_HOME/pki/node-b.pem" --key "$SEALKEEPER_HOME/pki/node-b.key"
    expect "node-b's wish to see the audit log" 403 forbidden
    see /console
    expect "the wish of a stranger to see the console" 401
    detail "403 forbidden, 401 without a certificate"
}
