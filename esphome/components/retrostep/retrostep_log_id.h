#pragma once

#include <cstdint>

namespace esphome::retrostep {

/// A name for a new minute log, never 0 in its lower 31 bits: what is in the ledger under an old name must
/// not be taken for it. 31 bits of hardware noise: of 1,000 logs of one pod, two bear the same name with a
/// chance of 1 in 4,300. To be called before Wi-Fi, Bluetooth, an analogue input or I2S is set up.
uint32_t draw_log_id();

}  // namespace esphome::retrostep
