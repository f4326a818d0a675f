# shellcheck shell=bash
# Everything the scripts share. A script sets REPOSITORY, opens file descriptor 3 for its narration, then reads this.

# UTF-8 whatever the caller's locale: the JVM reads arguments, paths and the environment by it, and by nothing else. Where
# characters were lost, another record would be bound, and another caller decided about.
export LC_ALL=C.UTF-8

# shellcheck source=deployment/lib/say.sh
. "$REPOSITORY/deployment/lib/say.sh"
# shellcheck source=deployment/lib/machine.sh
. "$REPOSITORY/deployment/lib/machine.sh"
# shellcheck source=deployment/lib/softhsm.sh
. "$REPOSITORY/deployment/lib/softhsm.sh"
# shellcheck source=deployment/lib/build.sh
. "$REPOSITORY/deployment/lib/build.sh"
# shellcheck source=deployment/lib/jvm.sh
. "$REPOSITORY/deployment/lib/jvm.sh"
