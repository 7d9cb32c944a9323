#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "esphome/components/motion/motion_component.h"
#include "fifo_clock.h"

namespace esphome::motion_fifo {

/// A motion platform whose samples wait in the IMU's FIFO until the main loop comes for them.
///
/// Each update hands out every sample that waits, one listener call each; inside it `sample_us()` tells when
/// the IMU took that sample. A driver sets its IMU up, says how many samples wait, fetches them and starts
/// the FIFO over.
class MotionFifo : public motion::MotionComponent {
 public:
  void setup() override;
  void update() override;
  void dump_config() override;

  void set_data_rate(float rate_hz) {
    this->data_rate_hz_ = rate_hz;
    this->clock_.set_rate_hz(rate_hz);
  }

  /// Sets the IMU up from scratch: at the start, and when it lost its set-up. Until it takes that there are
  /// no samples; whoever misses them calls again.
  void set_up_again();
  /// The IMU took its set-up.
  bool ready() const { return this->ready_; }

  /// When the sample being handed out was taken, µs on the clock of micros().
  uint32_t sample_us() const { return this->sample_us_; }
  /// Samples per second, as measured against the clock of the processor.
  float measured_rate_hz() const { return this->clock_.rate_hz(); }

 protected:
  /// Samples fetched in one transfer: 9 ms at 400 HZ.
  static constexpr size_t MAX_BURST = 32;
  using Burst = std::array<motion::MotionData, MAX_BURST>;

  /// Brings the IMU from whatever state to the one wanted; false if it does not answer, is another chip or
  /// does not hold what was written.
  virtual bool set_up_() = 0;
  /// Empties the FIFO and has it fill again; false if the IMU does not answer.
  virtual bool restart_fifo_() = 0;
  /// Number of samples that wait; false if the IMU does not answer or the FIFO had to be started over.
  virtual bool count_samples_(size_t &count) = 0;
  /// Fetches up to `wanted` samples (at most MAX_BURST) and tells how many came; false if the IMU does not
  /// answer or the FIFO had to be started over.
  virtual bool fetch_samples_(size_t wanted, Burst &burst, size_t &fetched) = 0;

  bool update_data(motion::MotionData &data) override;

  /// For drivers: the FIFO ran over.
  void note_overflow_();
  /// For drivers: starts the FIFO over; what was in it is lost. Always false, to be returned.
  bool start_over_();
  /// For drivers: what was read cannot be told apart into samples. Starts the FIFO over. Always false.
  bool out_of_step_();
  /// For drivers, in set_up_(): the FIFO has filled since before the processor started and is to be read.
  void take_over_() { this->started_ = true; }

  FifoClock clock_;
  float data_rate_hz_{0.0f};

 private:
  void hand_out_(size_t count);

  Burst burst_{};
  motion::MotionData current_{};
  uint32_t sample_us_{0};
  bool ready_{false};
  bool started_{false};
  size_t settling_{0};  ///< samples to be dropped after a start
};

}  // namespace esphome::motion_fifo
