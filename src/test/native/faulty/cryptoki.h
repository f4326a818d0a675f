/*
 * What the faulty module needs of PKCS#11 2.40. No header of PKCS#11 is needed: every argument is a machine word, which is a number, a
 * handle or a pointer, and a function list is a version and then pointers in the order of the specification (section 3.6).
 */
#ifndef CRYPTOKI_H
#define CRYPTOKI_H

typedef unsigned long word;
typedef void (*function)(void);

/* Name without C_, and number of arguments, in the order of the function list. */
#define CRYPTOKI_FUNCTIONS(X) \
    X(Initialize, 1) X(Finalize, 1) X(GetInfo, 1) X(GetFunctionList, 1) \
    X(GetSlotList, 3) X(GetSlotInfo, 2) X(GetTokenInfo, 2) X(GetMechanismList, 3) X(GetMechanismInfo, 3) \
    X(InitToken, 4) X(InitPIN, 3) X(SetPIN, 5) \
    X(OpenSession, 5) X(CloseSession, 1) X(CloseAllSessions, 1) X(GetSessionInfo, 2) \
    X(GetOperationState, 3) X(SetOperationState, 5) X(Login, 4) X(Logout, 1) \
    X(CreateObject, 4) X(CopyObject, 5) X(DestroyObject, 2) X(GetObjectSize, 3) \
    X(GetAttributeValue, 4) X(SetAttributeValue, 4) X(FindObjectsInit, 3) X(FindObjects, 4) X(FindObjectsFinal, 1) \
    X(EncryptInit, 3) X(Encrypt, 5) X(EncryptUpdate, 5) X(EncryptFinal, 3) \
    X(DecryptInit, 3) X(Decrypt, 5) X(DecryptUpdate, 5) X(DecryptFinal, 3) \
    X(DigestInit, 2) X(Digest, 5) X(DigestUpdate, 3) X(DigestKey, 2) X(DigestFinal, 3) \
    X(SignInit, 3) X(Sign, 5) X(SignUpdate, 3) X(SignFinal, 3) X(SignRecoverInit, 3) X(SignRecover, 5) \
    X(VerifyInit, 3) X(Verify, 5) X(VerifyUpdate, 3) X(VerifyFinal, 3) X(VerifyRecoverInit, 3) X(VerifyRecover, 5) \
    X(DigestEncryptUpdate, 5) X(DecryptDigestUpdate, 5) X(SignEncryptUpdate, 5) X(DecryptVerifyUpdate, 5) \
    X(GenerateKey, 5) X(GenerateKeyPair, 8) X(WrapKey, 6) X(UnwrapKey, 8) X(DeriveKey, 6) \
    X(SeedRandom, 3) X(GenerateRandom, 3) X(GetFunctionStatus, 1) X(CancelFunction, 1) X(WaitForSlotEvent, 3)

#define AS_NUMBER(name, arguments) name,
enum called { CRYPTOKI_FUNCTIONS(AS_NUMBER) FUNCTIONS };

enum { MOST_ARGUMENTS = 8 };

struct function_list {
    unsigned char version[2];
    function functions[FUNCTIONS];
};

struct token_info {
    char label[32], manufacturer[32], model[16], serial[16];
    word flags;
};

struct slot_info {
    char description[64], manufacturer[32];
    word flags;
};

struct attribute {
    word type;
    void *value;
    word length;
};

struct initialize_args {
    function locks[4];
    word flags;
    void *reserved;
};

enum {
    CKR_OK = 0x0,
    CKR_GENERAL_ERROR = 0x5,
    CKR_DEVICE_REMOVED = 0x32,
    CKR_PIN_LOCKED = 0xA4,
    CKR_TOKEN_NOT_PRESENT = 0xE0
};
enum { CKF_TOKEN_PRESENT = 0x1, CKF_OS_LOCKING_OK = 0x2, CKF_USER_PIN_FINAL_TRY = 0x20000, CKF_USER_PIN_LOCKED = 0x40000 };
enum { CKU_USER = 1, CKA_ID = 0x102 };

#endif
