#pragma once
/// How the LSM6DS3TR-C watches for motion, after application note AN5130; the LSM6DSO does the same.

#include <cstddef>
#include <cstdint>

#include "fake_fifo.h"

namespace esphome::i2c_fake {

class Lsm6dsWakeUp {
 public:
  /// Which register says that it looks at what passes the filter.
  explicit Lsm6dsWakeUp(uint8_t filter_register) : filter_register_(filter_register) {}
  /// Takes what the accelerometer felt, g, 1/`rate_hz` after the last; true when INT1 goes up.
  bool add(const Registers &registers, const float accel_g[3], float rate_hz);

 private:
  static constexpr float ODRS_HZ[] = {0.0f, 12.5f, 26.0f, 52.0f, 104.0f, 208.0f};

  uint8_t filter_register_;
  float since_{0};  ///< of a conversion
  float last_[3]{}, passed_[3]{};
  bool up_{false};
};

}  // namespace esphome::i2c_fake
