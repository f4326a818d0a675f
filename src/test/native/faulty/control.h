/* What a test says and sees while a process runs: the rules it gives, and the counts of calls. */
#ifndef CONTROL_H
#define CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "cryptoki.h"

enum { ANY_FUNCTION = -1, MOST_RULES = 64, RULE_NUMBERS = 4096 };

enum action {
    ANSWER,
    DELAY,
    HANG,
    KILL,
    SLOW,
    AWAY,
    LOCKOUT,
    FINAL_TRY,
    SERIAL,
    CLOSE_SESSIONS,
    LOGOUT,
    REINITIALIZE,
    ACTIONS
};

struct rule {
    unsigned number; /* of this rule alone, among all that were ever given in this folder */
    int function;
    enum action action;
    bool late; /* once the call below has been made */
    char argument[33];
    uint64_t first; /* calls that match and are let through before */
    uint64_t times;
    char key[129]; /* the CKA_ID in hexadecimal, or "-" */
};

struct rules {
    uint64_t generation;
    int size;
    struct rule rules[MOST_RULES];
};

/* Opens the folder's control file; false where there is none. */
bool control_open(const char *folder);

/* The rules in force. What it gives is never changed or freed: another thread may still be reading it. */
const struct rules *rules_in_force(void);

bool is_in_force(unsigned number);

/* Counts a call that a rule matches; true if it is one of those the rule is for. */
bool is_due(const struct rule *rule);

void count_call(enum called which);
void count_fault(enum called which);

#endif
