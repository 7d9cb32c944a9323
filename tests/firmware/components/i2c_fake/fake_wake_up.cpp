#include "fake_wake_up.h"

#include <cmath>

namespace esphome::i2c_fake {

bool Lsm6dsWakeUp::add(const Registers &registers, const float accel_g[3], float rate_hz) {
  const size_t odr = registers[0x10] >> 4;
  if (odr == 0 || odr >= sizeof(ODRS_HZ) / sizeof(*ODRS_HZ)) return false;
  this->since_ += ODRS_HZ[odr] / rate_hz;
  if (this->since_ < 0.99f) return false;
  this->since_ -= 1.0f;

  const uint8_t ranges_g[] = {2, 16, 4, 8};
  const float threshold_g =
      static_cast<float>(ranges_g[registers[0x10] >> 2 & 3] * (registers[0x5B] & 0x3F)) / 64;
  const bool high_pass = registers[this->filter_register_] & 0x10;
  const float keeps = std::exp(-2.0f * static_cast<float>(M_PI) / 100.0f);  // its corner is at ODR / 100
  bool moves = false;
  for (int axis = 0; axis < 3; axis++) {
    const float change = accel_g[axis] - this->last_[axis];
    this->last_[axis] = accel_g[axis];
    this->passed_[axis] = keeps * (this->passed_[axis] + change);
    if (std::fabs(high_pass ? this->passed_[axis] : change / 2) > threshold_g) moves = true;
  }
  const bool routed = (registers[0x58] & 0x80) && (registers[0x5E] & 0x20);
  const bool was_up = this->up_;
  this->up_ = moves && routed;
  return this->up_ && !was_up;
}

}  // namespace esphome::i2c_fake
