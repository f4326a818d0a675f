# shellcheck shell=bash
# What the scripts tell. They speak on file descriptor 3, which each script points at standard output (where the story is
# the result) or at standard error (where a command's result must stay alone on standard output).

if [[ -t 3 && -z ${NO_COLOR:-} ]]; then
    readonly GREEN=$'\e[32m' RED=$'\e[31m' FAINT=$'\e[2m' PLAIN=$'\e[0m'
else
    readonly GREEN='' RED='' FAINT='' PLAIN=''
fi

say() {
    printf '%s\n' "$*" >&3
}

# Ends the script: the message says what was expected, what was found and what to do next.
fail() {
    printf '%s%s: %s%s\n' "$RED" "$(basename "$0")" "$*" "$PLAIN" >&3
    exit 1
}

# step WHAT COMMAND [ARGUMENT…]: runs the command and tells in one line what it did and how long it took.
# The command says what it found or made by calling detail.
step() {
    local what=$1 began=$EPOCHREALTIME
    shift
    DETAIL=
    "$@"
    printf '%sok%s  %s%s  %s(%s)%s\n' \
        "$GREEN" "$PLAIN" "$what" "${DETAIL:+: $DETAIL}" "$FAINT" "$(seconds_since "$began")" "$PLAIN" >&3
}

detail() {
    DETAIL=$*
}

seconds_since() {
    local millis=$(((${EPOCHREALTIME/./} - ${1/./}) / 1000))
    printf '%d.%d s' $((millis / 1000)) $((millis % 1000 / 100))
}

# quietly COMMAND [ARGUMENT…]: what the command says is told only if it fails.
quietly() {
    local said
    said=$("$@" 2>&1) && return
    say "$said"
    fail "expected '$*' to succeed; what it said stands above"
}

# usage: prints the script's own head comment, from its second line to the first line that is no comment.
usage() {
    sed -n '2,${/^#/!q;s/^# \{0,1\}//;p}' "$0"
}
