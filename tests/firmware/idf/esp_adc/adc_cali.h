// Stands for ESP-IDF's esp_adc/adc_cali.h.
#pragma once
#include "esp_err.h"
#include "esp_idf_version.h"
typedef struct adc_cali_scheme_t *adc_cali_handle_t;
