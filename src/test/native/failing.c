/*
 * A PKCS#11 module that stands before another one, and refuses to remember anything while a file exists, for tests.
 *
 *   INNER  the module to stand before, a path
 *   WHEN   while this file exists, C_CreateObject and C_SetAttributeValue answer CKR_DEVICE_MEMORY
 *
 * Both are given to the compiler, so that a process needs no environment of its own. A function list is a version and then pointers in
 * the order of the specification (PKCS#11 2.40, section 3.6).
 */
#include <dlfcn.h>
#include <stddef.h>
#include <unistd.h>

typedef unsigned long CK_RV;
typedef void *function;

enum { GET_FUNCTION_LIST = 3, CREATE_OBJECT = 20, SET_ATTRIBUTE_VALUE = 25, FUNCTIONS = 68 };
enum { CKR_OK = 0, CKR_GENERAL_ERROR = 5, CKR_DEVICE_MEMORY = 0x31 };

struct function_list {
    unsigned char version[2];
    function functions[FUNCTIONS];
};

static struct function_list *inner;
static struct function_list failing;

static int is_full(void) {
    return access(WHEN, F_OK) == 0;
}

static CK_RV create(unsigned long session, void *attributes, unsigned long count, unsigned long *object) {
    if (is_full()) {
        return CKR_DEVICE_MEMORY;
    }
    return ((CK_RV(*)(unsigned long, void *, unsigned long, unsigned long *))inner->functions[CREATE_OBJECT])(
            session, attributes, count, object);
}

static CK_RV set(unsigned long session, unsigned long object, void *attributes, unsigned long count) {
    if (is_full()) {
        return CKR_DEVICE_MEMORY;
    }
    return ((CK_RV(*)(unsigned long, unsigned long, void *, unsigned long))inner->functions[SET_ATTRIBUTE_VALUE])(
            session, object, attributes, count);
}

CK_RV C_GetFunctionList(struct function_list **list) {
    void *module = dlopen(INNER, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) {
        return CKR_GENERAL_ERROR;
    }
    CK_RV (*get)(struct function_list **) = (CK_RV(*)(struct function_list **))dlsym(module, "C_GetFunctionList");
    if (get == NULL || get(&inner) != CKR_OK) {
        return CKR_GENERAL_ERROR;
    }
    failing = *inner;
    failing.functions[GET_FUNCTION_LIST] = (function)C_GetFunctionList;
    failing.functions[CREATE_OBJECT] = (function)create;
    failing.functions[SET_ATTRIBUTE_VALUE] = (function)set;
    *list = &failing;
    return CKR_OK;
}
