/*
 * A PKCS#11 module that stands before another one and counts logins, for tests.
 *
 *   COUNTING_MODULE  the module to stand before
 *   COUNTING_LOG     a file that gets one line for every C_Login
 *   COUNTING_FLAGS   token flags (hexadecimal) to add to what C_GetTokenInfo answers; may be absent
 *
 * Needs no PKCS#11 headers: a function list is a version and then pointers in the order of the specification (PKCS#11 2.40,
 * section 3.6).
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long CK_RV;
typedef void *function;

enum { GET_FUNCTION_LIST = 3, GET_TOKEN_INFO = 6, LOGIN = 18, FUNCTIONS = 68 };
enum { CKR_OK = 0, CKR_GENERAL_ERROR = 5, FLAGS_OFFSET = 96 };

struct function_list {
    unsigned char version[2];
    function functions[FUNCTIONS];
};

static struct function_list *inner;
static struct function_list counted;

static CK_RV count_login(unsigned long session, unsigned long user, unsigned char *pin, unsigned long length) {
    FILE *log = fopen(getenv("COUNTING_LOG"), "a");
    if (log == NULL) {
        return CKR_GENERAL_ERROR;
    }
    fputs("C_Login\n", log);
    fclose(log);
    return ((CK_RV(*)(unsigned long, unsigned long, unsigned char *, unsigned long))inner->functions[LOGIN])(
            session, user, pin, length);
}

static CK_RV add_flags(unsigned long slot, unsigned char *info) {
    CK_RV answer = ((CK_RV(*)(unsigned long, unsigned char *))inner->functions[GET_TOKEN_INFO])(slot, info);
    const char *flags = getenv("COUNTING_FLAGS");
    if (answer == CKR_OK && flags != NULL) {
        unsigned long value;
        memcpy(&value, info + FLAGS_OFFSET, sizeof value);
        value |= strtoul(flags, NULL, 16);
        memcpy(info + FLAGS_OFFSET, &value, sizeof value);
    }
    return answer;
}

CK_RV C_GetFunctionList(struct function_list **list) {
    void *module = dlopen(getenv("COUNTING_MODULE"), RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) {
        return CKR_GENERAL_ERROR;
    }
    CK_RV (*get)(struct function_list **) = (CK_RV(*)(struct function_list **))dlsym(module, "C_GetFunctionList");
    if (get == NULL || get(&inner) != CKR_OK) {
        return CKR_GENERAL_ERROR;
    }
    counted = *inner;
    counted.functions[GET_FUNCTION_LIST] = (function)C_GetFunctionList;
    counted.functions[GET_TOKEN_INFO] = (function)add_flags;
    counted.functions[LOGIN] = (function)count_login;
    *list = &counted;
    return CKR_OK;
}
