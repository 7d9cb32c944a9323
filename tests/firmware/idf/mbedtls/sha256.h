// Stands for ESP-IDF's mbedtls/sha256.h.
#pragma once
typedef struct {
  unsigned char state[108];
} mbedtls_sha256_context;
