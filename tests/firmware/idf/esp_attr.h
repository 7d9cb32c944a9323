// Stands for ESP-IDF's esp_attr.h.
#pragma once
#define IRAM_ATTR
#define DRAM_ATTR
#define RTC_DATA_ATTR
#define RTC_NOINIT_ATTR
#define NOINIT_ATTR
