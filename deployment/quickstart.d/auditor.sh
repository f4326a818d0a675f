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
    local height file
    height=$(sed -nE '$s/.*"height" *: *([0-9]+).*/\1/p' "$EVIDENCE/blocks.ndjson")
    file=block-$height.evidence.json
    sealkeeper evidence make --chain "$CHAIN" --height "$height" --out "$EVIDENCE/$file" >/dev/null
    detail "$(sealkeeper evidence verify "$EVIDENCE/$file" --vkeys "$EVIDENCE/audit.vkeys" --keys "$EVIDENCE/jwks.json" \
        | tail -n 1), in evidence/$file"
}

print_calls_to_try() {
    cat >&3 <<CALLS

The appliance stays up until Ctrl-C. From another terminal:

  cd $SEALKEEPER_HOME
  as() { curl --silent --cacert pki/ca.pem --cert pki/\$1.pem --key pki/\$1.key -H 'Content-Type: application/json' "\${@:2}"; echo; }

  # the head of chain $CHAIN
  as node-a https://localhost:$PORT/v1/chains/$CHAIN

  # have the next block signed
  as node-a https://localhost:$PORT/v1/chains/$CHAIN/blocks --data \\
    '{"height":$((HEIGHT + 1)),"previousHash":"$HASH","blockHash":"$(printf 'block %d' $((HEIGHT + 1)) | openssl dgst -sha256 -r | cut -d' ' -f1)"}'

  # ask for its signature to be verified (a convenience: the proof is offline)
  as auditor https://localhost:$PORT/v1/blocks/verify --data '{"signature":"$(ANSWER=$SEALKEEPER_HOME/last-signed.json field signature)"}'

  # a data key for a record of yours: "wrapped" is stored beside it, "encryptedKey" is for lab-a's private key alone
  as lab-a https://localhost:$PORT/v1/data-keys --data \\
    '{"key":"patient-data","context":{"report":"my-report","lab":"lab-a"},"recipient":"lab-a"}'

  # open a sealed report as clinician-a
  $REPOSITORY/deployment/sealkeeper record open records/hba1c.sealed --out hba1c.json --purpose TREAT \\
      --recipient clinician-a --recipient-key pki/recipient-clinician-a.key \\
      --url https://localhost:$PORT --ca pki/ca.pem --cert pki/clinician-a.pem --key pki/clinician-a.key

  # the emergencies, with their justifications
  $REPOSITORY/deployment/sealkeeper audit emergencies --config appliance.yaml

  # health and metrics
  curl http://127.0.0.1:$MANAGEMENT_PORT/q/health
  curl http://127.0.0.1:$MANAGEMENT_PORT/q/metrics

  # what was refused, as the audit log has it
  as auditor 'https://localhost:$PORT/v1/audit/entries?outcome=refused'

  # why node-b may not sign on $CHAIN
  $REPOSITORY/deployment/sealkeeper policy explain -f $REPOSITORY/hsm-config/policy.yaml \\
      --caller urn:sealkeeper:node:node-b --operation sign-block --chain $CHAIN

  # take the newest leaves and verify the log once more, offline
  $REPOSITORY/deployment/sealkeeper audit fetch --url https://localhost:$PORT/v1/audit/ --vkeys evidence/audit.vkeys \\
      --ca pki/ca.pem --cert pki/auditor.pem --key pki/auditor.key --out evidence/log
  $REPOSITORY/deployment/sealkeeper audit verify evidence/log --vkeys evidence/audit.vkeys

  # verify the chain offline once more
  $REPOSITORY/deployment/sealkeeper chain verify --keys evidence/jwks.json --chain $CHAIN evidence/blocks.ndjson

CALLS
}
