/*
 * A PKCS#11 module that stands before NSS's softokn and gives its C_Initialize the parameters it insists on, for tests.
 *
 *   NSS_MODULE       softokn, as a path
 *   NSS_PARAMETERS   its parameters
 *
 * NSS has a member of its own before pReserved in CK_C_INITIALIZE_ARGS: what the standard calls pReserved are its parameters.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>

typedef unsigned long CK_RV;
typedef void *function;

enum { INITIALIZE = 0, GET_FUNCTION_LIST = 3, FUNCTIONS = 68 };
enum { CKR_GENERAL_ERROR = 5, CKF_OS_LOCKING_OK = 2 };

struct function_list {
    unsigned char version[2];
    function functions[FUNCTIONS];
};

struct initialize_args {
    function locks[4];
    unsigned long flags;
    const char *parameters;
    void *reserved;
};

static struct function_list *inner;
static struct function_list parametrized;

static CK_RV initialize(void *ignored) {
    (void)ignored;
    struct initialize_args args = {.flags = CKF_OS_LOCKING_OK, .parameters = getenv("NSS_PARAMETERS")};
    return ((CK_RV(*)(void *))inner->functions[INITIALIZE])(&args);
}

CK_RV C_GetFunctionList(struct function_list **list) {
    const char *path = getenv("NSS_MODULE");
    void *module = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) {
        return CKR_GENERAL_ERROR;
    }
    CK_RV (*get)(struct function_list **) = (CK_RV(*)(struct function_list **))dlsym(module, "C_GetFunctionList");
    if (get == NULL || get(&inner) != 0) {
        return CKR_GENERAL_ERROR;
    }
    parametrized = *inner;
    parametrized.functions[GET_FUNCTION_LIST] = (function)C_GetFunctionList;
    parametrized.functions[INITIALIZE] = (function)initialize;
    *list = &parametrized;
    return 0;
}
