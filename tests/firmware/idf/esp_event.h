// Stands for ESP-IDF's esp_event.h.
#pragma once
#include "esp_err.h"
typedef const char *esp_event_base_t;
