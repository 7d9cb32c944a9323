// Stands for ESP-IDF's esp_pm.h.
#pragma once
#include "esp_err.h"
typedef struct {
  int max_freq_mhz;
  int min_freq_mhz;
  bool light_sleep_enable;
} esp_pm_config_t;
typedef enum {
  ESP_PM_CPU_FREQ_MAX,
  ESP_PM_APB_FREQ_MAX,
  ESP_PM_NO_LIGHT_SLEEP,
  ESP_PM_LOCK_MAX
} esp_pm_lock_type_t;
typedef struct esp_pm_lock *esp_pm_lock_handle_t;
extern "C" esp_err_t esp_pm_configure(const void *config);
extern "C" esp_err_t esp_pm_lock_create(esp_pm_lock_type_t type, int arg, const char *name,
                                        esp_pm_lock_handle_t *out);
extern "C" esp_err_t esp_pm_lock_acquire(esp_pm_lock_handle_t handle);
extern "C" esp_err_t esp_pm_lock_release(esp_pm_lock_handle_t handle);
