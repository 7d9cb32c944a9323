// Stands for ESP-IDF's esp_adc/adc_oneshot.h.
#pragma once
#include "esp_err.h"
#include "hal/adc_types.h"
typedef struct adc_oneshot_unit_ctx_t *adc_oneshot_unit_handle_t;
