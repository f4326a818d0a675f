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

make_pki() {
    if [[ -e $SEALKEEPER_HOME/pki/server.pem ]]; then
        detail "kept pki/"
        return
    fi
    mkdir -p "$SEALKEEPER_HOME"
    sealkeeper dev-pki "$SEALKEEPER_HOME/pki" >/dev/null
    detail "pki/ with node-a, node-b, lab-a, clinician-a, auditor"
}

make_token() {
    if [[ -e $SEALKEEPER_HOME/pins/user.pin ]]; then
        detail "kept"
        return
    fi
    mkdir -p "$SEALKEEPER_HOME/tokens"
    cat >"$SOFTHSM2_CONF" <<CONF
directories.tokendir = $SEALKEEPER_HOME/tokens
objectstore.backend = file
log.level = ERROR
CONF
    sealkeeper token init --label sealkeeper --pins "$SEALKEEPER_HOME/pins" >/dev/null
    detail "initialised with random PINs in pins/"
}

# Written on every run: the ports may have changed. Keys and chains are declared in hsm-config/, for all to review.
write_configuration() {
    cat >"$SEALKEEPER_CONFIG" <<YAML
api: {host: 127.0.0.1, port: $PORT}
management: {host: 127.0.0.1, port: $MANAGEMENT_PORT}
tls: {certificate: pki/server.pem, key: pki/server.key, clientAuthorities: pki/ca.pem}
token: {profile: $REPOSITORY/hsm-config/softhsm2/profile.yaml, label: sealkeeper, userPin: pins/user.pin}
store: store/sealkeeper.db
chains: $REPOSITORY/hsm-config/chains.yaml
YAML
    detail "appliance.yaml, with the chains of hsm-config/chains.yaml"
}

make_store() {
    if [[ -e $SEALKEEPER_HOME/store/sealkeeper.db ]]; then
        detail "kept store/sealkeeper.db"
        return
    fi
    mkdir -p "$SEALKEEPER_HOME/store"
    sealkeeper store init --config "$SEALKEEPER_CONFIG" >/dev/null
    detail "created store/sealkeeper.db"
}

# Idempotent by itself: it creates what is declared and missing.
make_keys() {
    sealkeeper keys apply -f "$REPOSITORY/hsm-config/keys.yaml" --config "$SEALKEEPER_CONFIG" >/dev/null
    detail "those of hsm-config/keys.yaml"
}
