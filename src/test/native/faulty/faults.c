#define _GNU_SOURCE
#include "faults.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "behind.h"

/* A session is used by one thread at a time, and the key of a signature is named right before it. */
static _Thread_local word signing_key;

static bool has_session(enum called which) {
    return which == CloseSession || (which >= GetSessionInfo && which <= CancelFunction);
}

static bool is_cryptography(enum called which) {
    switch (which) {
    case Encrypt:
    case Decrypt:
    case Digest:
    case Sign:
    case SignFinal:
    case Verify:
    case GenerateKey:
    case GenerateKeyPair:
    case WrapKey:
    case UnwrapKey:
    case DeriveKey:
    case GenerateRandom:
        return true;
    default:
        return false;
    }
}

/* Whether an action does anything to a call; for a rule of any function, that is what it is for. */
static bool concerns(enum action action, enum called which, const word *a) {
    switch (action) {
    case ANSWER:
    case DELAY:
    case HANG:
    case KILL:
        return true;
    case SLOW:
        return is_cryptography(which);
    case AWAY:
        return which == GetSlotList ? a[0] != 0 : which > GetSlotList && which != WaitForSlotEvent;
    case LOCKOUT:
        return which == GetTokenInfo || (which == Login && a[1] == CKU_USER);
    case FINAL_TRY:
    case SERIAL:
        return which == GetTokenInfo;
    case LOGOUT:
        return has_session(which);
    default:
        return which > GetFunctionList;
    }
}

static bool is_of_key(const char *wanted, enum called which, const word *a) {
    word object;
    switch (which) {
    case Sign:
    case SignUpdate:
    case SignFinal:
        object = signing_key;
        break;
    case SignInit:
    case VerifyInit:
    case EncryptInit:
    case DecryptInit:
    case WrapKey:
    case UnwrapKey:
    case DeriveKey:
        object = a[2];
        break;
    default:
        return false;
    }
    unsigned char id[64];
    char hex[2 * sizeof id + 1] = "";
    struct attribute attribute = {CKA_ID, id, sizeof id};
    if (CALL(GetAttributeValue, a[0], object, (word)&attribute, 1) != CKR_OK) {
        return false;
    }
    for (word i = 0; i < attribute.length; i++) {
        sprintf(hex + 2 * i, "%02x", id[i]);
    }
    return strcmp(wanted, hex) == 0;
}

static bool matches(const struct rule *rule, enum called which, const word *a) {
    return (rule->function == ANY_FUNCTION || rule->function == (int)which) && concerns(rule->action, which, a)
            && (strcmp(rule->key, "-") == 0 || is_of_key(rule->key, which, a));
}

static void sleep_millis(long millis) {
    struct timespec rest = {millis / 1000, millis % 1000 * 1000000};
    while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
    }
}

/* The places of a slow token, which computes for few callers at a time. */
static pthread_mutex_t places = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t place_left = PTHREAD_COND_INITIALIZER;
static int places_taken;

static void take_place(int all) {
    pthread_mutex_lock(&places);
    while (places_taken >= all) {
        pthread_cond_wait(&place_left, &places);
    }
    places_taken++;
    pthread_mutex_unlock(&places);
}

static void leave_place(void) {
    pthread_mutex_lock(&places);
    places_taken--;
    pthread_cond_signal(&place_left);
    pthread_mutex_unlock(&places);
}

/* MILLIS/PLACES */
static void be_slow(const char *argument) {
    char *places_given;
    long millis = strtol(argument, &places_given, 10);
    take_place(atoi(places_given + 1));
    sleep_millis(millis);
}

static word answer_of_nothing(enum called which, const word *a) {
    if (which == GetSlotList) {
        *(word *)a[2] = 0;
        return CKR_OK;
    }
    return has_session(which) ? CKR_DEVICE_REMOVED : CKR_TOKEN_NOT_PRESENT;
}

static void change_token_info(const struct rule *rule, struct token_info *info) {
    if (rule->action == SERIAL) {
        memset(info->serial, ' ', sizeof info->serial);
        memcpy(info->serial, rule->argument, strnlen(rule->argument, sizeof info->serial));
    } else {
        info->flags |= rule->action == LOCKOUT ? CKF_USER_PIN_LOCKED : CKF_USER_PIN_FINAL_TRY;
    }
}

/* Some actions are about what the call below has answered. */
static bool is_late(const struct rule *rule, enum called which) {
    return rule->late || (rule->action == AWAY && which == GetSlotInfo)
            || (rule->action >= LOCKOUT && rule->action <= SERIAL && which == GetTokenInfo);
}

/* True if the rule itself answers the call. */
static bool act(const struct rule *rule, enum called which, const word *a, word *answer) {
    switch (rule->action) {
    case ANSWER:
        *answer = strtoul(rule->argument, NULL, 16);
        return true;
    case DELAY:
        sleep_millis(strtol(rule->argument, NULL, 10));
        return false;
    case HANG:
        while (is_in_force(rule->number)) {
            sleep_millis(2);
        }
        return false;
    case KILL:
        kill(getpid(), SIGKILL);
        pause();
        return false;
    case SLOW:
        be_slow(rule->argument);
        return false;
    case AWAY:
        if (which == GetSlotInfo) {
            ((struct slot_info *)a[1])->flags &= ~(word)CKF_TOKEN_PRESENT;
            return false;
        }
        *answer = answer_of_nothing(which, a);
        return true;
    case LOCKOUT:
        if (which == Login) {
            *answer = CKR_PIN_LOCKED;
            return true;
        }
        /* fall through */
    case FINAL_TRY:
    case SERIAL:
        if (*answer == CKR_OK) {
            change_token_info(rule, (struct token_info *)a[1]);
        }
        return false;
    case CLOSE_SESSIONS:
        close_all_sessions();
        return false;
    case LOGOUT:
        CALL(Logout, a[0]);
        return false;
    default:
        reinitialize();
        return false;
    }
}

/* In the order of the rules; the first that answers the call is the last that does anything before it. */
static word answer_by(const struct rule *const *due, int size, enum called which, const word *a) {
    word answer = CKR_OK;
    bool answered = false;
    int slow = 0;
    for (int i = 0; i < size && !answered; i++) {
        if (!is_late(due[i], which)) {
            answered = act(due[i], which, a, &answer);
            slow += due[i]->action == SLOW;
        }
    }
    if (!answered) {
        answer = call(which, a);
    }
    for (; slow > 0; slow--) {
        leave_place();
    }
    for (int i = 0; i < size && !answered; i++) {
        if (is_late(due[i], which)) {
            act(due[i], which, a, &answer);
        }
    }
    return answer;
}

word call_with_faults(enum called which, const word *a) {
    count_call(which);
    if (which == SignInit) {
        signing_key = a[2];
    }
    const struct rules *rules = rules_in_force();
    const struct rule *due[MOST_RULES];
    int size = 0;
    for (int i = 0; i < rules->size; i++) {
        const struct rule *rule = &rules->rules[i];
        if (matches(rule, which, a) && is_due(rule)) {
            due[size++] = rule;
        }
    }
    if (size == 0) {
        return call(which, a);
    }
    count_fault(which);
    return answer_by(due, size, which, a);
}
