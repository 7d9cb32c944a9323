// Stands for ESP-IDF's esp_adc/adc_cali_scheme.h.
#pragma once
#include "esp_adc/adc_cali.h"
