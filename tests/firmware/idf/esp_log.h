// Stands for ESP-IDF's esp_log.h.
#pragma once
#include <stdarg.h>

#include "esp_err.h"
typedef int (*vprintf_like_t)(const char *format, va_list arguments);
