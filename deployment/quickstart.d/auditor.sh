# shellcheck shell=bash
# The auditor: fetches what was signed and the public keys, then judges both without the appliance.

readonly EVIDENCE=$SEALKEEPER_HOME/evidence

# fetch PATH MEDIA-TYPE FILE
fetch() {
    curl_as auditor --fail-with-body --header "Accept: $2" --output "$3" "https://localhost:$PORT$1" \
        || fail "expected the auditor to be given $1, found: $(<"$3")"
}

fetch_evidence() {
    mkdir -p "$EVIDENCE"
    fetch "/v1/chains/$CHAIN/blocks?from=0" application/x-ndjson "$EVIDENCE/blocks.ndjson"
    fetch /.well-known/jwks.json application/json "$EVIDENCE/jwks.json"
    fetch "/v1/keys/$(signing_key)" application/x-pem-file "$EVIDENCE/key.pem"
    detail "$(wc -l <"$EVIDENCE/blocks.ndjson") blocks, jwks.json and key.pem in evidence/"
}

# The key of the chain's last block, as the block itself names it.
signing_key() {
    sed -nE '$s/.*"keyId" *: *"([^"]*)".*/\1/p' "$EVIDENCE/blocks.ndjson"
}

verify_with_sealkeeper() {
    detail "$(sealkeeper chain verify --keys "$EVIDENCE/jwks.json" --chain "$CHAIN" --head "$HASH" "$EVIDENCE/blocks.ndjson")"
}

verify_with_openssl() {
    detail "$("$REPOSITORY/deployment/verify-with-openssl" "$EVIDENCE/key.pem" "$EVIDENCE/blocks.ndjson" | tail -n 1)"
}

# The security team hands the vkeys over: who takes them from the appliance trusts the appliance.
fetch_log() {
    sealkeeper keys export --format vkeys >"$EVIDENCE/audit.vkeys"
    detail "$(sealkeeper audit fetch --url "https://localhost:$PORT/v1/audit/" --vkeys "$EVIDENCE/audit.vkeys" \
        --ca "$SEALKEEPER_HOME/pki/ca.pem" --cert "$SEALKEEPER_HOME/pki/auditor.pem" \
        --key "$SEALKEEPER_HOME/pki/auditor.key" --out "$EVIDENCE/log" | tail -n 1)"
}

verify_log() {
    detail "$(sealkeeper audit verify "$EVIDENCE/log" --vkeys "$EVIDENCE/audit.vkeys" --chain "$CHAIN" \
        --blocks "$EVIDENCE/blocks.ndjson" --keys "$EVIDENCE/jwks.json" | grep -E '^(leaves|blocks): ' | paste -sd ';')"
}

find_refusal() {
    local found
    found=$(sealkeeper audit search "$EVIDENCE/log" --caller urn:sealkeeper:node:node-b --outcome refused --limit 1)
    [[ $found == *forbidden* ]] || fail "expected the leaf of node-b's refusal, found: $found"
    detail "$found"
}

# The policy in force is kept with every other that ever was: the decision of that leaf can be made again.
replay_refusal() {
    local leaf
    leaf=$(sealkeeper audit search "$EVIDENCE/log" --caller urn:sealkeeper:node:node-b --outcome refused --limit 1 | cut -d' ' -f1)
    detail "$(sealkeeper policy replay --leaf "$leaf")"
}

# The operator makes the file; those who get it need nothing of the appliance but the keys that they have.
judge_evidence() {
    local height
    height=$(sed -nE '$s/.*"height" *: *([0-9]+).*/\1/p' "$EVIDENCE/blocks.ndjson")
    BUNDLE=$EVIDENCE/block-$height.evidence.json
    sealkeeper evidence make --chain "$CHAIN" --height "$height" --out "$BUNDLE" >/dev/null
    detail "$(sealkeeper evidence verify "$BUNDLE" --vkeys "$EVIDENCE/audit.vkeys" --keys "$EVIDENCE/jwks.json" \
        | tail -n 1), in evidence/$(basename "$BUNDLE")"
}
