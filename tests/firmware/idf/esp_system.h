// Stands for ESP-IDF's esp_system.h.
#pragma once
#include "esp_err.h"
extern "C" {
void esp_restart(void) __attribute__((noreturn));
uint32_t esp_get_free_heap_size(void);
}
extern "C" void esp_system_abort(const char *details) __attribute__((noreturn));
