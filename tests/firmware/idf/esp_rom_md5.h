// Stands for ESP-IDF's esp_rom_md5.h.
#pragma once
#include <stdint.h>
typedef struct {
  uint32_t words[24];
} md5_context_t;
