# shellcheck shell=bash
# What to try while the appliance is up: the console in a browser, and calls from another terminal.

print_calls_to_try() {
    local pki=$SEALKEEPER_HOME/pki
    cat >&3 <<CALLS

The appliance stays up until Ctrl-C. Its console, in the auditor's browser: https://localhost:$PORT/console

  $pki/auditor.p12 lets the browser in; its password is in auditor.password beside it
    Firefox   Settings > Privacy & Security > View Certificates > Your Certificates > Import
    Chromium  chrome://certificate-manager > Your certificates > View imported certificates from Linux > Import

  $pki/ca.pem vouches for the appliance; it was made here, so browsers warn: go on, or import it
    Firefox   Settings > Privacy & Security > View Certificates > Authorities > Import, to identify websites
    Chromium  chrome://certificate-manager > Local certificates > Installed by you > Import

The evidence of the last block, judged in a browser without any appliance: open docs/verify.html, and drop on it these of evidence/

  $(basename "$BUNDLE")  audit.vkeys  jwks.json

From another terminal:

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
