# shellcheck shell=bash
# Everything the scripts share. A script sets REPOSITORY, opens file descriptor 3 for its narration, then reads this.

# shellcheck source=deployment/lib/say.sh
. "$REPOSITORY/deployment/lib/say.sh"
# shellcheck source=deployment/lib/machine.sh
. "$REPOSITORY/deployment/lib/machine.sh"
# shellcheck source=deployment/lib/softhsm.sh
. "$REPOSITORY/deployment/lib/softhsm.sh"
# shellcheck source=deployment/lib/build.sh
. "$REPOSITORY/deployment/lib/build.sh"
