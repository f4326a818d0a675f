/*
 * A PKCS#11 module that stands before another one and does what a token, its network or its operators do on a bad day, for tests.
 *
 * It looks at the folder it lies in, so that a process needs no environment of its own: "behind.so" is the module it stands before,
 * "control" and "rules" are what control.c tells of. While there is no rule, every call is counted and passed on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "behind.h"
#include "faults.h"

#define PARAMETERS_1 word a
#define PARAMETERS_2 PARAMETERS_1, word b
#define PARAMETERS_3 PARAMETERS_2, word c
#define PARAMETERS_4 PARAMETERS_3, word d
#define PARAMETERS_5 PARAMETERS_4, word e
#define PARAMETERS_6 PARAMETERS_5, word f
#define PARAMETERS_8 PARAMETERS_6, word g, word h
#define ARGUMENTS_1 a
#define ARGUMENTS_2 a, b
#define ARGUMENTS_3 a, b, c
#define ARGUMENTS_4 a, b, c, d
#define ARGUMENTS_5 a, b, c, d, e
#define ARGUMENTS_6 a, b, c, d, e, f
#define ARGUMENTS_8 a, b, c, d, e, f, g, h

#define AS_FUNCTION(name, arguments) \
    static word pass_##name(PARAMETERS_##arguments) { \
        return call_with_faults(name, (word[MOST_ARGUMENTS]){ARGUMENTS_##arguments}); \
    }
CRYPTOKI_FUNCTIONS(AS_FUNCTION)

/* The first argument is a byte: what else is in its register means nothing. */
static word pass_slot_list(unsigned char token_present, word slots, word size) {
    return pass_GetSlotList(token_present, slots, size);
}

#define AS_ENTRY(name, arguments) (function)pass_##name,
static struct function_list faulty = {.functions = {CRYPTOKI_FUNCTIONS(AS_ENTRY)}};

static bool load(void) {
    Dl_info self;
    char path[4096], module[sizeof path + sizeof "/behind.so"];
    if (dladdr(&faulty, &self) == 0 || realpath(self.dli_fname, path) == NULL) {
        return false;
    }
    const char *folder = dirname(path);
    snprintf(module, sizeof module, "%s/behind.so", folder);
    if (!control_open(folder)) {
        fprintf(stderr, "%s: has no control file that can be mapped\n", folder);
        return false;
    }
    return behind_load(module);
}

__attribute__((visibility("default"))) word C_GetFunctionList(struct function_list **list) {
    static bool loaded;
    if (!loaded && !load()) {
        return CKR_GENERAL_ERROR;
    }
    loaded = true;
    memcpy(faulty.version, behind_version(), sizeof faulty.version);
    faulty.functions[GetSlotList] = (function)pass_slot_list;
    faulty.functions[GetFunctionList] = (function)C_GetFunctionList;
    *list = &faulty;
    return CKR_OK;
}
