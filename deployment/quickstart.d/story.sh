# shellcheck shell=bash
# The story of a ledger: three sealed lab reports become blocks of chain lab-a. Every answer is checked; an unexpected one
# ends the story.

readonly CHAIN=lab-a
readonly ZEROS=0000000000000000000000000000000000000000000000000000000000000000
readonly BLOCKS=$SEALKEEPER_HOME/blocks/$CHAIN
ANSWER=$SEALKEEPER_HOME/answer.json

# curl_as CALLER ARGUMENT…: curl with the caller's certificate.
curl_as() {
    local caller=$1
    shift
    curl --silent --show-error --max-time 30 --tlsv1.3 --cacert "$SEALKEEPER_HOME/pki/ca.pem" \
        --cert "$SEALKEEPER_HOME/pki/$caller.pem" --key "$SEALKEEPER_HOME/pki/$caller.key" "$@"
}

# call CALLER PATH [BODY]: a GET, or a POST of the body. Sets STATUS; the answer's body is in the file ANSWER.
call() {
    local body=()
    if (($# == 3)); then
        body=(--header 'Content-Type: application/json' --data "$3")
    fi
    STATUS=$(curl_as "$1" "${body[@]}" --output "$ANSWER" --write-out '%{http_code}' "https://localhost:$PORT$2")
}

# expect WHAT STATUS [PROBLEM]: the last answer has this status, and is this problem where one is expected.
expect() {
    [[ $STATUS == "$2" ]] || fail "expected $1 to be answered with $2, found $STATUS: $(<"$ANSWER")"
    [[ -z ${3:-} || $(field type) == "urn:sealkeeper:problem:$3" ]] \
        || fail "expected $1 to be refused as $3, found: $(<"$ANSWER")"
}

# field NAME: the text or number of a field of the answer, which is one flat JSON object; empty where it is absent.
field() {
    sed -nE 's/.*"'"$1"'" *: *("([^"]*)"|([0-9]+)).*/\2\3/p' "$ANSWER"
}

sha256() {
    openssl dgst -sha256 -r "$1" | cut -d' ' -f1
}

# A block of this ledger holds one sealed lab report. Its header is canonical JSON (RFC 8785: names in order, no spaces), so
# that every node which holds the sealed report computes the same bytes; the block's hash is the SHA-256 of those bytes. The
# appliance sees the hash alone, and the nodes see no patient data.
write_header() {
    printf '{"height":%d,"previousHash":"%s","reportHash":"%s"}' "$1" "$2" "$(sha256 "$3")" >"$BLOCKS/$1.json"
}

# The head of the chain: the height and hash the next block stands upon. -1 and zeros before genesis.
read_head() {
    call node-a "/v1/chains/$CHAIN"
    expect "node-a's question for the head of $CHAIN" 200
    HEIGHT=$(field height)
    HASH=$(field blockHash)
    HEIGHT=${HEIGHT:--1}
    HASH=${HASH:-$ZEROS}
}

sign_reports() {
    local report previous first
    mkdir -p "$BLOCKS"
    read_head
    first=$((HEIGHT + 1))
    for report in "${REPORTS[@]}"; do
        HEIGHT=$((HEIGHT + 1))
        previous=$HASH
        write_header "$HEIGHT" "$previous" "$RECORDS/$report.sealed"
        HASH=$(sha256 "$BLOCKS/$HEIGHT.json")
        LAST_BLOCK="{\"height\":$HEIGHT,\"previousHash\":\"$previous\",\"blockHash\":\"$HASH\"}"
        call node-a "/v1/chains/$CHAIN/blocks" "$LAST_BLOCK"
        expect "the block of $report at height $HEIGHT" 201
    done
    cp "$ANSWER" "$SEALKEEPER_HOME/last-signed.json"
    detail "heights $first to $HEIGHT of $CHAIN"
}

replay_last_block() {
    call node-a "/v1/chains/$CHAIN/blocks" "$LAST_BLOCK"
    expect "the replay of height $HEIGHT" 200
    cmp --silent "$ANSWER" "$SEALKEEPER_HOME/last-signed.json" \
        || fail "expected the replay to repeat $(<"$SEALKEEPER_HOME/last-signed.json"), found $(<"$ANSWER")"
    detail "200, equal to the last byte"
}

# The answer waits for the audit log's next checkpoint, and carries the proof that this signature is recorded in it.
take_proof_home() {
    STATUS=$(curl_as node-a --header 'Content-Type: application/json' --header 'Prefer: wait=10' --data "$LAST_BLOCK" \
        --output "$ANSWER" --write-out '%{http_code}' "https://localhost:$PORT/v1/chains/$CHAIN/blocks")
    expect "the block at height $HEIGHT with its proof" 200
    [[ $(<"$ANSWER") == *'"auditProof":"c2sp.org/tlog-proof@v1'* ]] \
        || fail "expected the answer to carry a proof, found: $(<"$ANSWER")"
    detail "leaf $(field auditIndex), proven to a checkpoint the token signed"
}

try_conflicting_block() {
    call node-a "/v1/chains/$CHAIN/blocks" "${LAST_BLOCK/"$HASH"/"$(printf '%s' "$HASH" | tr 0-9a-f 1-9a-f0)"}"
    expect "another block at height $HEIGHT" 409 conflicting-block
    detail "409 conflicting-block"
}

# Exit code 1 is the answer: denied.
explain_refusal() {
    local explanation code=0
    explanation=$(sealkeeper policy explain -f "$REPOSITORY/hsm-config/policy.yaml" \
        --caller urn:sealkeeper:node:node-b --operation sign-block --chain "$CHAIN") || code=$?
    [[ $code == 1 && $explanation == *default-deny* ]] || fail "expected a denial, found: $explanation"
    detail "$(head -n 1 <<<"$explanation")"
}

try_foreign_chain() {
    call node-b "/v1/chains/$CHAIN/blocks" "$LAST_BLOCK"
    expect "node-b's block on $CHAIN" 403 forbidden
    detail "403 forbidden"
}
