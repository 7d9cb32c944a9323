#pragma once
/// The stride core for tools in other languages: a whole recording at once, from memory.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uint64_t start_us, end_us;  // since the first sample
  int32_t direction;          // as in stride_types.h
  float length_m, yaw_deg;
  int32_t counted, length_valid;
} stride_core_stride;

/// Counts `samples` readings (accelerations in g, rates in °/s, six a sample) with the axes of a recording
/// taken for granted, or else found. Returns how many strides there were, of which the first `room` were
/// written.
uint32_t stride_core_count(const uint32_t *time_us, const float *readings, uint32_t samples, int known,
                           stride_core_stride *strides, uint32_t room);

#ifdef __cplusplus
}
#endif
