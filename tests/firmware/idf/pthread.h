// Stands for ESP-IDF's pthread.h.
#pragma once
#include <stdint.h>
typedef uint32_t pthread_key_t;
extern "C" {
int pthread_key_create(pthread_key_t *key, void (*end)(void *));
int pthread_setspecific(pthread_key_t key, const void *value);
void *pthread_getspecific(pthread_key_t key);
}
