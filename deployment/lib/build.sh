# shellcheck shell=bash
# Builds the appliance, and only when a source is newer than what was built.

readonly APP=$REPOSITORY/target/quarkus-app

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
    say "    building, about a minute the first time"
    began=$(mktemp)
    quietly in_repository mvn -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package
    # As old as the moment the build began, so that a source edited meanwhile counts as newer.
    touch -r "$began" "$APP/quarkus-run.jar"
    rm -f "$began"
    warm_up
    detail "built target/quarkus-app"
}

# The first command after a build leaves the class archive behind from which the next ones start. Let it be a verification:
# that is what an auditor repeats.
warm_up() {
    local work
    work=$(mktemp -d)
    openssl ecparam -name prime256v1 -genkey -noout -out "$work/private.pem"
    openssl ec -in "$work/private.pem" -pubout -out "$work/public.pem" 2>/dev/null
    openssl dgst -sha256 -sign "$work/private.pem" -out "$work/signature" "$work/public.pem"
    rm -f "$REPOSITORY/target/sealkeeper.jsa"
    "$REPOSITORY/deployment/sealkeeper" signature verify --key "$work/public.pem" --algorithm ES256 --encoding der \
        --message "$work/public.pem" --signature "$work/signature" >/dev/null
    rm -r "$work"
}

in_repository() (
    cd "$REPOSITORY" && exec "$@"
)
