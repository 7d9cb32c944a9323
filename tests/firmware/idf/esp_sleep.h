// Stands for ESP-IDF's esp_sleep.h.
#pragma once
#include "driver/gpio.h"
typedef enum { ESP_EXT1_WAKEUP_ANY_LOW, ESP_EXT1_WAKEUP_ANY_HIGH } esp_sleep_ext1_wakeup_mode_t;
typedef enum {
  ESP_SLEEP_WAKEUP_UNDEFINED,
  ESP_SLEEP_WAKEUP_EXT0 = 2,
  ESP_SLEEP_WAKEUP_EXT1,
  ESP_SLEEP_WAKEUP_TIMER = 4,
  ESP_SLEEP_WAKEUP_GPIO = 7
} esp_sleep_wakeup_cause_t;
typedef esp_sleep_wakeup_cause_t esp_sleep_source_t;
extern "C" esp_sleep_wakeup_cause_t esp_sleep_get_wakeup_cause(void);
extern "C" uint64_t esp_sleep_get_ext1_wakeup_status(void);
extern "C" uint64_t esp_sleep_get_gpio_wakeup_status(void);
