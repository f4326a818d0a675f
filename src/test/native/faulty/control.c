/*
 * The control file is shared memory of the test and of every process that has loaded the module, and outlives each of them:
 *
 *   offset 0      generation of the rules: the test adds 1 once it has replaced the file "rules"
 *   from 64       for each function 64 bytes: its name, the count of its calls, the count of those that a rule did something to
 *   after these   for each number of a rule: the count of the calls it matched
 *
 * A line of the file "rules" has eight fields: NUMBER FUNCTION STAGE ACTION ARGUMENT FIRST TIMES KEY.
 *
 *   3 C_Sign before answer 30 2 1 -     the third C_Sign is answered with CKR_DEVICE_ERROR
 *   4 C_Sign after hang - 0 9 0a0b      a signature of the key 0a0b is made and never arrives
 */
#define _GNU_SOURCE
#include "control.h"

#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct control {
    _Atomic uint64_t generation;
    char unused[56];
    struct {
        char name[48];
        _Atomic uint64_t calls, faults;
    } functions[FUNCTIONS];
    _Atomic uint64_t matches[RULE_NUMBERS];
};

#define AS_NAME(name, arguments) "C_" #name,
static const char *const names[] = {CRYPTOKI_FUNCTIONS(AS_NAME)};
static const char *const actions[] = {
        [ANSWER] = "answer",
        [DELAY] = "delay",
        [HANG] = "hang",
        [KILL] = "kill",
        [SLOW] = "slow",
        [AWAY] = "away",
        [LOCKOUT] = "lockout",
        [FINAL_TRY] = "final-try",
        [SERIAL] = "serial",
        [CLOSE_SESSIONS] = "close-sessions",
        [LOGOUT] = "logout",
        [REINITIALIZE] = "reinitialize"};

static struct control *control;
static char rules_file[4096];
static const struct rules none;
static _Atomic(const struct rules *) in_force = &none;

bool control_open(const char *folder) {
    char path[sizeof rules_file];
    snprintf(path, sizeof path, "%s/control", folder);
    snprintf(rules_file, sizeof rules_file, "%s/rules", folder);
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapped == MAP_FAILED) {
        return false;
    }
    control = mapped;
    for (int i = 0; i < FUNCTIONS; i++) {
        strcpy(control->functions[i].name, names[i]);
    }
    return true;
}

/* A rule that is misunderstood would be a test that cannot fail. */
static _Noreturn void refuse(const char *line) {
    fprintf(stderr, "%s: this is no rule: %s\n", rules_file, line);
    abort();
}

static int index_of(const char *name, const char *const *among, int size, const char *line) {
    for (int i = 0; i < size; i++) {
        if (strcmp(name, among[i]) == 0) {
            return i;
        }
    }
    refuse(line);
}

static struct rule rule_of(const char *line) {
    struct rule rule;
    char function[40], stage[8], action[20];
    int fields = sscanf(
            line,
            "%u %39s %7s %19s %32s %" SCNu64 " %" SCNu64 " %128s",
            &rule.number, function, stage, action, rule.argument, &rule.first, &rule.times, rule.key);
    if (fields != 8 || rule.number >= RULE_NUMBERS) {
        refuse(line);
    }
    rule.function = strcmp(function, "*") == 0 ? ANY_FUNCTION : index_of(function, names, FUNCTIONS, line);
    rule.action = index_of(action, actions, ACTIONS, line);
    rule.late = strcmp(stage, "after") == 0;
    return rule;
}

static const struct rules *read_rules(uint64_t generation) {
    struct rules *read = calloc(1, sizeof *read);
    FILE *file = fopen(rules_file, "re");
    if (read == NULL || file == NULL) {
        refuse("(the file cannot be read)");
    }
    read->generation = generation;
    char line[512];
    while (fgets(line, sizeof line, file) != NULL) {
        if (read->size == MOST_RULES) {
            refuse(line);
        }
        read->rules[read->size++] = rule_of(line);
    }
    fclose(file);
    return read;
}

/* The generation is looked at before the file: a file that is replaced meanwhile is read once more. */
const struct rules *rules_in_force(void) {
    static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;
    uint64_t generation = atomic_load(&control->generation);
    const struct rules *known = atomic_load(&in_force);
    if (known->generation == generation) {
        return known;
    }
    pthread_mutex_lock(&reading);
    known = atomic_load(&in_force);
    if (known->generation < generation) {
        known = read_rules(generation);
        atomic_store(&in_force, known);
    }
    pthread_mutex_unlock(&reading);
    return known;
}

bool is_in_force(unsigned number) {
    const struct rules *now = rules_in_force();
    for (int i = 0; i < now->size; i++) {
        if (now->rules[i].number == number) {
            return true;
        }
    }
    return false;
}

bool is_due(const struct rule *rule) {
    uint64_t before = atomic_fetch_add(&control->matches[rule->number], 1);
    return before >= rule->first && before - rule->first < rule->times;
}

void count_call(enum called which) {
    atomic_fetch_add(&control->functions[which].calls, 1);
}

void count_fault(enum called which) {
    atomic_fetch_add(&control->functions[which].faults, 1);
}
