# shellcheck shell=bash
# Builds the appliance, and only when a source is newer than what was built.

readonly APP=$REPOSITORY/target/quarkus-app
readonly NATIVE=$APP/native

app_is_current() {
    [[ -e $APP/quarkus-run.jar ]] \
        && [[ -z $(find "$REPOSITORY/src/main" "$REPOSITORY/pom.xml" -newer "$APP/quarkus-run.jar" -print -quit) ]]
}

# A user's build: the tests and the formatter are the developer's (deployment/test).
build_app() {
    local began
    if app_is_current; then
        detail "up to date, target/quarkus-app"
        return
    fi
    need_command mvn maven
    need_command openssl openssl
    say "    building, about two minutes the first time"
    began=$(mktemp)
    quietly in_repository mvn -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package
    # As old as the moment the build began, so that a source edited meanwhile counts as newer.
    touch -r "$began" "$APP/quarkus-run.jar"
    rm -f "$began"
    make_caches
    detail "built target/quarkus-app"
}

# Puts the native libraries beside the jars, once after a build: else each of them is unpacked at every start into the
# temporary folder, which may be mounted noexec. Where we may not write, that is what happens.
install_native_libraries() {
    local work
    if [[ $NATIVE -nt $APP/quarkus-run.jar ]]; then
        return
    fi
    work=$(mktemp -d "$APP/.native-XXXXXX" 2>/dev/null) || return 0
    chmod 0755 "$work"
    unpack_native "$work" "$APP"/lib/main/org.xerial.sqlite-jdbc-*.jar org/sqlite/native/Linux/x86_64/libsqlitejdbc.so
    unpack_native "$work" "$APP"/lib/main/org.xipki.ipkcs11wrapper-*.jar natives/unix/linux-x86_64/release/libpkcs11wrapper.so
    unpack_native "$work" "$APP"/lib/main/software.amazon.cryptools.AmazonCorrettoCryptoProvider-*.jar \
        com/amazon/corretto/crypto/provider/libamazonCorrettoCryptoProvider.so
    rm -rf "$NATIVE"
    # Another script may have done it meanwhile.
    mv -T "$work" "$NATIVE" 2>/dev/null || rm -rf "$work"
}

# unpack_native FOLDER JAR ENTRY
unpack_native() (
    cd "$1" && "$JAVA_HOME/bin/jar" --extract --file "$2" "$3" && mv "$3" . && rm -r "${3%%/*}"
)

# Sets NATIVE_OPTIONS: what the JVM must be told to take the native libraries from where they were installed.
find_native_libraries() {
    install_native_libraries
    NATIVE_OPTIONS=()
    if [[ -d $NATIVE ]]; then
        # shellcheck disable=SC2034 # the launchers read it
        NATIVE_OPTIONS=("-Djava.library.path=$NATIVE" "-Dorg.sqlite.lib.path=$NATIVE"
            -Dcom.amazon.corretto.crypto.provider.useExternalLib=true)
    fi
}

in_repository() (
    cd "$REPOSITORY" && exec "$@"
)
