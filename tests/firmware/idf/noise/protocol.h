// Stands for ESP-IDF's noise/protocol.h.
#pragma once
#include <stddef.h>
#include <stdint.h>
typedef struct NoiseCipherState_s NoiseCipherState;
typedef struct NoiseHandshakeState_s NoiseHandshakeState;
typedef struct {
  int prefix_id, pattern_id, dh_id, cipher_id, hash_id, hybrid_id, reserved[10];
} NoiseProtocolId;
