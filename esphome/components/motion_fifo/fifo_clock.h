#pragma once
/// The times of samples that wait in a FIFO.

#include <algorithm>
#include <cstdint>

namespace esphome::motion_fifo {

/// Finds out how fast the sensor really converts (its rate is off by some percent) and when it took each
/// sample.
///
/// All it is told is how many samples were waiting at a moment. That bounds the time of the newest one from
/// both sides: it was taken by then, and the next one was not. Between the bounds time advances by the mean
/// period of the last 8 to 16 s; a bound that is hit moves it. So a late reading, or one after a stall, does
/// no harm: it only bounds more loosely.
///
/// Integers only; times are in 1/65536 µs.
class FifoClock {
 public:
  void set_rate_hz(float rate_hz) {
    this->nominal_ = static_cast<uint64_t>(1e6f / rate_hz * static_cast<float>(ONE_US));
    this->period_ = this->nominal_;
  }

  /// `count` samples wait that were not handed out. They were counted after `before_us` and until `after_us`
  /// (a 32-bit microsecond clock that may wrap).
  void found(uint32_t count, uint32_t before_us, uint32_t after_us) {
    this->now_us_ += static_cast<uint32_t>(after_us - static_cast<uint32_t>(this->now_us_));
    const uint64_t latest = this->now_us_ * ONE_US;
    const uint64_t counting = static_cast<uint64_t>(after_us - before_us) * ONE_US;
    if (!this->running_) {
      this->start_(count, latest);
      return;
    }
    if (count == 0) return;
    if (counting < this->period_) this->learn_(this->handed_out_ + count, latest);
    const uint64_t expected = this->last_ + count * this->period_;
    const uint64_t earliest = latest - counting - this->period_;
    const uint64_t newest = std::max(std::clamp(expected, std::min(earliest, latest), latest), this->last_);
    this->step_ = (newest - this->last_) / count;
  }

  /// Time of the next sample handed out, µs; wraps as the clock it was told of.
  uint32_t next_us() {
    this->handed_out_++;
    this->last_ += this->step_;
    return static_cast<uint32_t>(this->last_ / ONE_US);
  }

  /// Samples may be missing: those that come are placed by the time they are found.
  void lost() { this->running_ = false; }

  /// Samples per second, as measured; nominal until there are enough.
  float rate_hz() const { return 1e6f * static_cast<float>(ONE_US) / static_cast<float>(this->period_); }

 private:
  static constexpr uint64_t ONE_US = 65536;
  static constexpr uint64_t WINDOW = 8000000 * ONE_US;
  /// With fewer samples the rate is known worse than the sensor's maker promises it.
  static constexpr uint64_t MIN_SAMPLES = 128;

  /// A sample's number and when it was found.
  struct Mark {
    uint64_t sample, time;
  };

  void start_(uint32_t count, uint64_t latest) {
    const uint64_t back = count * this->period_ + this->period_ / 2;
    // Time never runs back, even if the sensor's clock was ahead of its rate.
    this->last_ = std::max(this->last_, latest - back);
    this->step_ = this->period_;
    this->oldest_ = this->middle_ = {this->handed_out_ + count, latest};
    this->running_ = true;
  }

  void learn_(uint64_t newest, uint64_t now) {
    const uint64_t samples = newest - this->oldest_.sample;
    if (samples >= MIN_SAMPLES) {
      // A quarter off is no sensor's tolerance: samples went missing unnoticed, or the FIFO was read again.
      this->period_ = std::clamp((now - this->oldest_.time) / samples, this->nominal_ - this->nominal_ / 4,
                                 this->nominal_ + this->nominal_ / 4);
    }
    if (now - this->middle_.time < WINDOW) return;
    this->oldest_ = this->middle_;
    this->middle_ = {newest, now};
  }

  uint64_t nominal_{0};
  uint64_t period_{0};
  uint64_t step_{0};
  /// A sensor that was not switched off has samples from before the processor started: a wrap ahead there is
  /// room for them.
  uint64_t now_us_{1ULL << 32};
  uint64_t last_{0};  ///< time of the sample handed out last
  uint64_t handed_out_{0};
  Mark oldest_{}, middle_{};
  bool running_{false};
};

}  // namespace esphome::motion_fifo
