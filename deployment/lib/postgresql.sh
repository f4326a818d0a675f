# shellcheck shell=bash
# PostgreSQL, for tests and benchmarks.

# The tests start servers of their own; the one that Debian's package would start is not wanted.
need_postgresql() {
    local program
    for program in /usr/lib/postgresql/*/bin/initdb; do
        [[ -x $program ]] && return
    done
    if [[ -d /etc/apt && ! -e /etc/postgresql-common/createcluster.conf ]]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    install_package postgresql postgresql-server
    say "    installed PostgreSQL"
}
