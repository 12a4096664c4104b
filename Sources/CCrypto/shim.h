// OpenSSL's libcrypto gives the SHA-256 behind every digest.
#include <openssl/crypto.h>
#include <openssl/evp.h>
