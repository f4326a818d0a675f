# shellcheck shell=bash
# What a security team does once for an appliance. Each step keeps what an earlier run made.

sealkeeper() {
    "$REPOSITORY/deployment/sealkeeper" "$@"
}

need_story_tools() {
    need_command openssl openssl
    need_command curl curl
    detail "openssl, curl"
}

# Idempotent by itself: it checks and keeps what is there.
make_pki() {
    quietly sealkeeper dev-pki --out "$SEALKEEPER_HOME/pki" --recipient lab-a --recipient clinician-a --p12 auditor
    detail "pki/ for the server, node-a, node-b, lab-a, clinician-a and auditor, and two recipients of data keys; auditor.p12 for a browser"
}

# Written on every run: the ports may have changed. Keys and chains are declared in hsm-config/, for all to review. The
# commands below find this file by SEALKEEPER_CONFIG.
write_configuration() {
    cat >"$SEALKEEPER_CONFIG" <<YAML
api: {host: 127.0.0.1, port: $PORT}
management: {host: 127.0.0.1, port: $MANAGEMENT_PORT}
tls: {certificate: pki/server.pem, key: pki/server.key, clientAuthorities: pki/ca.pem, revocations: pki/crl.pem}
limits: {requestsPerSecond: 100000, burst: 100000, concurrentRequests: 10000}
tokens: [{profile: $REPOSITORY/hsm-config/softhsm2/profile.yaml, label: sealkeeper, userPin: pins/user.pin}]
store: store/sealkeeper.db
chains: $REPOSITORY/hsm-config/chains.yaml
audit: $REPOSITORY/hsm-config/audit.yaml
policy: $REPOSITORY/hsm-config/policy.yaml
alerts: {webhook: none}
issuers: $REPOSITORY/hsm-config/issuers.yaml
keys: $REPOSITORY/hsm-config/keys.yaml
YAML
    detail "appliance.yaml, with chains.yaml, audit.yaml, policy.yaml and issuers.yaml of hsm-config/"
}

# The security officer's PIN lies beside the user's only because this is a development machine.
make_token() {
    mkdir -p "$SEALKEEPER_HOME/tokens" "$SEALKEEPER_HOME/pins"
    cat >"$SOFTHSM2_CONF" <<CONF
directories.tokendir = $SEALKEEPER_HOME/tokens
objectstore.backend = file
log.level = ERROR
CONF
    quietly sealkeeper token init --if-missing --so-pin-file "$SEALKEEPER_HOME/pins/so.pin"
    detail "'sealkeeper' in tokens/, its random PINs in pins/"
}

make_store() {
    if [[ -e $SEALKEEPER_HOME/store/sealkeeper.db ]]; then
        detail "kept store/sealkeeper.db"
        return
    fi
    mkdir -p "$SEALKEEPER_HOME/store"
    quietly sealkeeper store init
    detail "created store/sealkeeper.db"
}

# Idempotent by itself: it creates what is declared and missing.
make_keys() {
    quietly sealkeeper keys apply -f "$REPOSITORY/hsm-config/keys.yaml"
    detail "those of hsm-config/keys.yaml"
}

# What a data key may be released to: an RSA key which the security officer has the token trust. Idempotent by itself.
enroll_recipients() {
    local name
    for name in lab-a clinician-a; do
        quietly sealkeeper recipients enroll --name "$name" --certificate "$SEALKEEPER_HOME/pki/recipient-$name.pem" \
            --so-pin-file "$SEALKEEPER_HOME/pins/so.pin"
    done
    detail "lab-a and clinician-a, whose private keys are pki/recipient-*.key"
}
