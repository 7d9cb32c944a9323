// Stands for ESP-IDF's esp_task_wdt.h.
#pragma once
#include "esp_err.h"
extern "C" esp_err_t esp_task_wdt_reset(void);
