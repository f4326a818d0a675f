/*
 * A PKCS#11 module that stands before another one, and fails in one of two ways while a file exists, for tests.
 *
 *   INNER   the module to stand before, a path
 *   FULL    while this file exists, C_CreateObject and C_SetAttributeValue answer CKR_DEVICE_MEMORY: nothing is remembered
 *   BROKEN  while this file exists, C_GenerateKey and C_UnwrapKey, and C_SignInit for RSA-PSS, answer CKR_DEVICE_ERROR: what
 *           was asked is remembered, and fails after that. Checkpoints are signed by other mechanisms, and go on.
 *
 * All are given to the compiler, so that a process needs no environment of its own. A function list is a version and then pointers in
 * the order of the specification (PKCS#11 2.40, section 3.6).
 */
#include <dlfcn.h>
#include <stddef.h>
#include <unistd.h>

typedef unsigned long CK_RV;
typedef void *function;

enum {
    GET_FUNCTION_LIST = 3,
    CREATE_OBJECT = 20,
    SET_ATTRIBUTE_VALUE = 25,
    SIGN_INIT = 42,
    GENERATE_KEY = 58,
    UNWRAP_KEY = 61,
    FUNCTIONS = 68
};
enum { CKR_OK = 0, CKR_GENERAL_ERROR = 5, CKR_DEVICE_ERROR = 0x30, CKR_DEVICE_MEMORY = 0x31 };
enum { CKM_SHA256_RSA_PKCS_PSS = 0x43 };

struct function_list {
    unsigned char version[2];
    function functions[FUNCTIONS];
};

static struct function_list *inner;
static struct function_list failing;

static int is_full(void) {
    return access(FULL, F_OK) == 0;
}

static int is_broken(void) {
    return access(BROKEN, F_OK) == 0;
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

/* A mechanism begins with its number. */
static CK_RV sign_init(unsigned long session, unsigned long *mechanism, unsigned long key) {
    if (is_broken() && *mechanism == CKM_SHA256_RSA_PKCS_PSS) {
        return CKR_DEVICE_ERROR;
    }
    return ((CK_RV(*)(unsigned long, unsigned long *, unsigned long))inner->functions[SIGN_INIT])(session, mechanism, key);
}

static CK_RV generate(
        unsigned long session, void *mechanism, void *attributes, unsigned long count, unsigned long *key) {
    if (is_broken()) {
        return CKR_DEVICE_ERROR;
    }
    return ((CK_RV(*)(unsigned long, void *, void *, unsigned long, unsigned long *))inner->functions[GENERATE_KEY])(
            session, mechanism, attributes, count, key);
}

static CK_RV unwrap(
        unsigned long session,
        void *mechanism,
        unsigned long by,
        void *wrapped,
        unsigned long length,
        void *attributes,
        unsigned long count,
        unsigned long *key) {
    if (is_broken()) {
        return CKR_DEVICE_ERROR;
    }
    return ((CK_RV(*)(
            unsigned long, void *, unsigned long, void *, unsigned long, void *, unsigned long, unsigned long *))
                    inner->functions[UNWRAP_KEY])(session, mechanism, by, wrapped, length, attributes, count, key);
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
    failing.functions[SIGN_INIT] = (function)sign_init;
    failing.functions[GENERATE_KEY] = (function)generate;
    failing.functions[UNWRAP_KEY] = (function)unwrap;
    *list = &failing;
    return CKR_OK;
}
