#pragma once
/// What goes wrong with a chip, and when.

#include <cstdint>

namespace esphome::i2c_fake {

/// From `I2C_FAKE_FAULTS`, times in seconds of the recording: `reset@20` (a brown-out: all registers are as
/// after power came), `stuck@20` (the same words until it is set up anew), `dead@20-30` (no answer).
class Faults {
 public:
  Faults();
  bool dead(uint32_t now_us) const { return now_us >= this->dead_from_us_ && now_us < this->dead_until_us_; }
  /// The power broke down, once.
  bool reset(uint32_t now_us);
  bool stuck(uint32_t now_us) const { return !this->unstuck_ && now_us >= this->stuck_from_us_; }
  /// The chip was set up anew.
  void set_up(uint32_t now_us) { this->unstuck_ = this->unstuck_ || now_us > this->stuck_from_us_; }

 private:
  uint32_t dead_from_us_{UINT32_MAX}, dead_until_us_{UINT32_MAX};
  uint32_t reset_at_us_{UINT32_MAX}, stuck_from_us_{UINT32_MAX};
  bool unstuck_{false};
};

}  // namespace esphome::i2c_fake
