# shellcheck shell=bash
# What a machine needs before anything can run: a JDK 25 and a few commands. Each function leaves alone what is there, and
# asks the operating system's package manager for what is not.

readonly JDK_RELEASE=25

# Sets and exports JAVA_HOME: the caller's own if it is new enough, else the first JDK in the usual folders.
find_jdk() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*"$JDK_RELEASE"* "$HOME"/.sdkman/candidates/java/"$JDK_RELEASE"* \
        "$HOME"/.jdks/*"$JDK_RELEASE"* /opt/*jdk*"$JDK_RELEASE"*; do
        if is_recent_jdk "$home"; then
            export JAVA_HOME=$home
            detail "$home"
            return
        fi
    done
    return 1
}

# Reads the folder's own release file instead of starting a JVM: this stands before every command.
is_recent_jdk() {
    local version
    [[ -n $1 && -x $1/bin/javac && -r $1/release ]] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [[ -n $version ]] && ((version >= JDK_RELEASE))
}

need_jdk() {
    find_jdk && return
    install_package "openjdk-$JDK_RELEASE-jdk-headless" "temurin-$JDK_RELEASE-jdk" "java-$JDK_RELEASE-openjdk-devel" || true
    find_jdk && return
    fail "expected a JDK $JDK_RELEASE in JAVA_HOME, in /usr/lib/jvm or among this system's packages, found none." \
        "Install one (https://adoptium.net/temurin/releases/?version=$JDK_RELEASE) and set JAVA_HOME."
}

# need_command NAME PACKAGE: tells of it only where it had to be installed.
need_command() {
    if command -v "$1" >/dev/null; then
        return
    fi
    install_package "$2" || true
    command -v "$1" >/dev/null || fail "expected the command '$1', found none. Install the package '$2'."
    say "    installed $2"
}

# install_package NAME…: names differ between distributions; the first one this system knows is installed.
install_package() {
    local name
    for name in "$@"; do
        try_install "$name" && return
    done
    if command -v apt-get >/dev/null && [[ -z ${PACKAGE_LISTS_FRESH:-} ]]; then
        as_root apt-get update -qq >/dev/null 2>&1 || true
        PACKAGE_LISTS_FRESH=yes
        install_package "$@"
    else
        return 1
    fi
}

try_install() {
    if command -v apt-get >/dev/null; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1
    elif command -v dnf >/dev/null; then
        as_root dnf install -y -q "$1" >/dev/null 2>&1
    else
        return 1
    fi
}

# Never asks for a password: a script that waits for one looks like a script that hangs.
as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo -n "$@"
    fi
}
