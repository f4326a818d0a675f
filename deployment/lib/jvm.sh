# shellcheck shell=bash
# What the JVM is told, and the caches of classes that it starts fast from (JEP 483, 514, 515): of the appliance, and of the commands.
# They lie beside the jars and are code like them: what may be written there may be run.

readonly JVM=$APP/jvm

# tell_jvm KIND: sets JVM_OPTIONS for the appliance, or for the commands with their class path. A cache of other jars, of another JDK or
# for other options is left alone.
tell_jvm() {
    find_native_libraries
    JVM_OPTIONS=("@$REPOSITORY/deployment/lib/$1.options" "${NATIVE_OPTIONS[@]}")
    [[ $1 == appliance ]] || JVM_OPTIONS+=(-cp "$(command_path)")
    if caches_are_current && [[ -e $JVM/$1.aot ]]; then
        JVM_OPTIONS+=("-XX:AOTCache=$JVM/$1.aot")
    fi
}

# No cache takes classes as old as picocli's: the JVM would open a hundred jars, one after the other, until it found them.
command_path() {
    local picocli=("$APP"/lib/main/info.picocli.picocli-*.jar)
    printf '%s\n' "${picocli[0]}:$APP/quarkus-run.jar"
}

caches_are_current() {
    [[ $JVM/trained-for -nt $APP/quarkus-run.jar && $(<"$JVM/trained-for") == "$(training_ground)" ]]
}

# The JVM itself refuses a cache of other jars, and of another build of itself.
training_ground() {
    printf '%s\n' "$(<"$JAVA_HOME/release")" "$(<"$REPOSITORY/deployment/lib/appliance.options")" \
        "$(<"$REPOSITORY/deployment/lib/commands.options")"
}

# Where there is no SoftHSM to train with, or the training fails, there are no caches, and every start is slower. That is noted as
# well, lest each start tries again. Where we may not write, nothing happens.
make_caches() {
    local work
    if caches_are_current; then
        detail "up to date, target/quarkus-app/jvm"
        return
    fi
    work=$(mktemp -d "$APP/.jvm-XXXXXX" 2>/dev/null) || return 0
    find_native_libraries
    if "$REPOSITORY/deployment/lib/train" "$work" >"$work/training.log" 2>&1; then
        detail "trained target/quarkus-app/jvm"
    else
        rm -f "$work"/*.aot
        detail "none, starts will be slower; target/quarkus-app/jvm/training.log says why"
    fi
    cp "$REPOSITORY/deployment/lib/appliance.options" "$work"
    training_ground >"$work/trained-for"
    chmod 0755 "$work"
    chmod 0644 "$work"/*
    rm -rf "$JVM"
    # Another script may have done it meanwhile.
    mv -T "$work" "$JVM" 2>/dev/null || rm -rf "$work"
}

# holds_a_line_of FILE SECRET…: the JVM keeps texts byte by byte, or with a zero byte after each.
holds_a_line_of() {
    local file=$1
    shift
    tr -d '\0' <"$file" | LC_ALL=C grep -qaFf <(grep -hv -- '^-----' "$@" | grep .)
}
