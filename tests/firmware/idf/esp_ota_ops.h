// Stands for ESP-IDF's esp_ota_ops.h.
#pragma once
#include "esp_err.h"
typedef uint32_t esp_ota_handle_t;
typedef struct esp_partition_t esp_partition_t;
typedef enum {
  ESP_OTA_IMG_NEW,
  ESP_OTA_IMG_PENDING_VERIFY,
  ESP_OTA_IMG_VALID,
  ESP_OTA_IMG_UNDEFINED = -1
} esp_ota_img_states_t;
