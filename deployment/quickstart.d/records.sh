# shellcheck shell=bash
# The story of the records: lab-a seals its reports, clinician-a opens one, and whoever may not is refused.

readonly RECORDS=$SEALKEEPER_HOME/records
readonly REPORTS=(blood-count hba1c lipid-panel)
readonly EMERGENCY='Patient unconscious in the shock room, and nobody of her ward can be reached'

# as_client CALLER: the options with which he has data keys released to himself.
as_client() {
    printf '%s\n' --url "https://localhost:$PORT" --ca "$SEALKEEPER_HOME/pki/ca.pem" \
        --cert "$SEALKEEPER_HOME/pki/$1.pem" --key "$SEALKEEPER_HOME/pki/$1.key" \
        --recipient "$1" --recipient-key "$SEALKEEPER_HOME/pki/recipient-$1.key"
}

report_file() {
    printf '%s' "$REPOSITORY/deployment/quickstart.d/reports/$1.json"
}

# A sealed report of an earlier run is kept, as the ledger keeps it: sealed anew it would be another file.
seal_reports() {
    local report client kept=0
    mkdir -p "$RECORDS"
    mapfile -t client < <(as_client lab-a)
    for report in "${REPORTS[@]}"; do
        if [[ -e $RECORDS/$report.sealed ]]; then
            kept=$((kept + 1))
            continue
        fi
        quietly sealkeeper record seal "$(report_file "$report")" --out "$RECORDS/$report.sealed" \
            --data-key patient-data --context "report=$report" --context lab=lab-a "${client[@]}"
    done
    detail "${#REPORTS[@]} in records/, $kept of them from an earlier run; the wrapped data key lies in each"
}

# open_report PURPOSE [ARGUMENT…]: the clinician opens the blood count, and reads what the laboratory wrote.
open_report() {
    local client
    mapfile -t client < <(as_client clinician-a)
    quietly sealkeeper record open "$RECORDS/blood-count.sealed" --out "$RECORDS/opened.json" --purpose "$@" "${client[@]}"
    cmp --silent "$RECORDS/opened.json" "$(report_file blood-count)" \
        || fail "expected records/opened.json to be the report that was sealed, found another"
    rm "$RECORDS/opened.json"
}

open_for_treatment() {
    open_report TREAT
    detail "the very bytes that lab-a sealed"
}

# ask_for_data_key CALLER PURPOSE: the data key of the blood count, to the clinician's recipient key.
ask_for_data_key() {
    local wrapped context='{"report":"blood-count","lab":"lab-a"}'
    wrapped=$(sed -nE 's/.*"wrapped":"([^"]*)".*/\1/p' "$RECORDS/blood-count.sealed")
    call "$1" /v1/data-keys/unwrap \
        "{\"wrapped\":\"$wrapped\",\"context\":$context,\"purposeOfUse\":\"$2\",\"recipient\":\"clinician-a\"}"
}

try_research() {
    ask_for_data_key clinician-a HRESCH
    expect "clinician-a's wish for a data key for research" 403 forbidden
    detail "403 forbidden"
}

try_as_node() {
    ask_for_data_key node-b TREAT
    expect "node-b's wish for a data key" 403 forbidden
    detail "403 forbidden"
}

# An emergency of an earlier run may last: then this request is part of it, and needs no words of its own.
break_glass() {
    ask_for_data_key clinician-a BTG
    if [[ $STATUS == 200 ]]; then
        detail "the emergency of an earlier run is still under way"
        return
    fi
    expect "breaking the glass without a word" 422 justification-required
    open_report BTG --justification "$EMERGENCY"
    detail "422 justification-required without a word, opened with a justification"
}

# The log has who, when, for what, and a digest of why; the words themselves may tell of a patient, and stay in the store.
find_emergency() {
    local leaf review
    leaf=$(sealkeeper audit search "$EVIDENCE/log" --caller urn:sealkeeper:clinician:clinician-a \
        --operation begin-emergency-access | tail -n 1)
    [[ -n $leaf ]] || fail "expected a leaf begin-emergency-access of clinician-a in evidence/log, found none"
    review=$(sealkeeper audit emergencies)
    [[ $review == *"leaf ${leaf%% *}:"*"$EMERGENCY"* ]] \
        || fail "expected the emergency of leaf ${leaf%% *} and its justification, found: $review"
    detail "leaf ${leaf%% *}; its justification: $EMERGENCY"
}
