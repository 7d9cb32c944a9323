#pragma once

#include "esphome/core/hal.h"
#include "sample_clock.h"

namespace esphome::retrostep {

/// The times of samples that a motion platform fetches from the IMU's FIFO: `Driver` is the platform,
/// whatever it is, with its `sample_us()`.
template <typename Driver>
class FifoSampleClock final : public SampleClock {
 public:
  explicit FifoSampleClock(Driver *driver) : driver_(driver) {}
  uint32_t sample_us() override { return this->driver_->sample_us(); }
  /// What is read after a stall or a sleep was walked seconds ago.
  uint32_t age_us() override { return micros() - this->driver_->sample_us(); }
  bool set_up_again() override {
    this->driver_->set_up_again();
    return true;
  }

 protected:
  Driver *driver_;
};

}  // namespace esphome::retrostep
