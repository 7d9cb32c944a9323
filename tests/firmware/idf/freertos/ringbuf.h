// Stands for ESP-IDF's freertos/ringbuf.h.
#pragma once
#include "freertos/FreeRTOS.h"
typedef void *RingbufHandle_t;
typedef struct {
  uint8_t place[140];
} StaticRingbuffer_t;
