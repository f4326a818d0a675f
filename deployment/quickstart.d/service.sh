# shellcheck shell=bash
# Starts the appliance beside the script and stops it again, whatever happens.

readonly READY_WITHIN_SECONDS=120
SERVICE_PID=

need_free_ports() {
    need_free_port "$PORT" SEALKEEPER_PORT
    need_free_port "$MANAGEMENT_PORT" SEALKEEPER_MANAGEMENT_PORT
    detail "$PORT for the API, $MANAGEMENT_PORT for health and metrics"
}

need_free_port() {
    if (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
        fail "expected port $1 to be free, something listens there. Stop it, or set $2 to another port."
    fi
}

start_service() {
    "$REPOSITORY/deployment/serve" --config "$SEALKEEPER_CONFIG" >"$SEALKEEPER_HOME/appliance.log" 2>&1 &
    SERVICE_PID=$!
    local deadline=$((SECONDS + READY_WITHIN_SECONDS))
    until service_is_ready; do
        kill -0 "$SERVICE_PID" 2>/dev/null || give_up "it ended"
        ((SECONDS < deadline)) || give_up "after $READY_WITHIN_SECONDS s it is not"
        sleep 0.2
    done
    detail "https://localhost:$PORT, log in appliance.log"
}

service_is_ready() {
    curl --silent --fail --max-time 5 --output /dev/null "http://127.0.0.1:$MANAGEMENT_PORT/q/health/ready"
}

give_up() {
    tail -n 20 "$SEALKEEPER_HOME/appliance.log" >&3
    fail "expected the appliance to become ready; $1. Its last words stand above, all of them in $SEALKEEPER_HOME/appliance.log"
}

# Asks, waits ten seconds, then insists: whatever was acknowledged is on disk already.
stop_service() {
    [[ -n $SERVICE_PID ]] || return 0
    kill "$SERVICE_PID" 2>/dev/null || return 0
    for _ in {1..100}; do
        kill -0 "$SERVICE_PID" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$SERVICE_PID" 2>/dev/null || true
}
