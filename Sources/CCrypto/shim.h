// OpenSSL's libcrypto gives the SHA-256 behind every digest.

// Its own functions for SHA-256 are called old since version 3, and are there.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
