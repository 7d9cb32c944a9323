// Stands for ESP-IDF's freertos/queue.h.
#pragma once
#include "freertos/FreeRTOS.h"
typedef struct QueueDefinition *QueueHandle_t;
