# shellcheck shell=bash
# SoftHSM, the software token: its module, and the file that tells it where its tokens lie.

# The candidate paths stand in one place, the profile the appliance itself reads.
softhsm_module() {
    local path
    while read -r path; do
        if [[ -e $path ]]; then
            printf '%s\n' "$path"
            return
        fi
    done < <(grep -oE '/[^ ",]+/libsofthsm2\.so' "$REPOSITORY/hsm-config/softhsm2/profile.yaml")
    return 1
}

need_softhsm() {
    local module
    if ! softhsm_module >/dev/null; then
        install_package softhsm2 softhsm && say "    installed SoftHSM"
    fi
    module=$(softhsm_module) \
        || fail "expected SoftHSM's module at a path of hsm-config/softhsm2/profile.yaml, found none." \
            "Install the package 'softhsm2' (Debian, Ubuntu) or 'softhsm' (Fedora, RHEL)."
    detail "$module"
}

# find_softhsm_conf FOLDER…: keeps the caller's SOFTHSM2_CONF, else exports the first folder's softhsm2.conf that exists.
find_softhsm_conf() {
    local folder
    [[ -z ${SOFTHSM2_CONF:-} ]] || return 0
    for folder in "$@"; do
        if [[ -n $folder && -e $folder/softhsm2.conf ]]; then
            SOFTHSM2_CONF=$(realpath "$folder/softhsm2.conf")
            export SOFTHSM2_CONF
            return
        fi
    done
}
