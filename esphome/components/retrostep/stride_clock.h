#pragma once
/// The time of samples: unwraps a 32-bit microsecond clock and tells jitter from gaps.

#include <cstdint>

#include "stride_fixed.h"
#include "stride_parameters.h"

namespace esphome::retrostep {

enum class Arrival : uint8_t {
  FIRST,    ///< nothing to integrate over yet: first sample, or the first one after a gap
  REGULAR,  ///< `dt_us` since the last sample
  BRIDGED,  ///< the same after a short gap
  REFUSED,  ///< time stood still: the sample is no news
};

class StrideClock {
 public:
  RETROSTEP_IN_PLACE Arrival arrive(uint32_t time_us) {
    if (!started_) {
      started_ = true;
      last_us_ = time_us;
      return Arrival::FIRST;
    }
    dt_us_ = time_us - last_us_;
    if (dt_us_ == 0) return Arrival::REFUSED;
    last_us_ = time_us;
    if (dt_us_ > BACKWARDS) {  // the clock jumped back: start over from here, our own time stands
      ++gaps_;
      return Arrival::FIRST;
    }
    now_us_ += dt_us_;
    const bool gap =
        dt_us_ > GAP_MIN_US && usual_q6us_ > 0 && dt_us_ > (usual_q6us_ >> USUAL_BITS) * GAP_HALVES / 2;
    learn_(gap);
    if (dt_us_ > GAP_BRIDGE_US) {
      ++gaps_;
      return Arrival::FIRST;
    }
    return gap ? Arrival::BRIDGED : Arrival::REGULAR;
  }

  uint64_t now_us() const { return now_us_; }
  uint32_t dt_us() const { return dt_us_; }
  float rate_hz() const {
    return usual_q6us_ > 0 ? (1 << USUAL_BITS) * 1e6f / static_cast<float>(usual_q6us_) : 0.0f;
  }
  uint32_t gaps() const { return gaps_; }

 private:
  static constexpr uint32_t BACKWARDS = 0x80000000u;
  static constexpr auto GAP_HALVES = static_cast<uint32_t>(2 * parameters::GAP_FACTOR);
  static constexpr uint32_t GAP_MIN_US = to_us(parameters::GAP_MIN_S);
  static constexpr uint32_t GAP_BRIDGE_US = to_us(parameters::GAP_BRIDGE_S);
  static constexpr int USUAL_BITS = 6;
  static constexpr uint32_t LEARN_MAX_US = 10000000;
  // Rates looked for: 400 Hz to 25 Hz.
  static constexpr uint32_t USUAL_MIN_US = to_us(0.0025f), USUAL_MAX_US = to_us(0.040f);
  // Of the usual dt, what one step may move it by.
  static constexpr uint32_t STEPS = 20, GAP_STEPS = 100;

  /// A running median of dt: moves by a fixed share towards each step, so rare gaps hardly count.
  void learn_(bool gap) {
    if (usual_q6us_ == 0) {
      usual_q6us_ = std::clamp(dt_us_, USUAL_MIN_US, USUAL_MAX_US) << USUAL_BITS;
      return;
    }
    const auto step_q6us = static_cast<int32_t>(usual_q6us_ / (gap ? GAP_STEPS : STEPS));
    const uint32_t dt_q6us = std::min(dt_us_, LEARN_MAX_US) << USUAL_BITS;
    usual_q6us_ +=
        static_cast<uint32_t>(std::clamp(static_cast<int32_t>(dt_q6us - usual_q6us_), -step_q6us, step_q6us));
  }

  bool started_{false};
  uint32_t last_us_{0};
  uint64_t now_us_{0};
  uint32_t dt_us_{0};
  uint32_t usual_q6us_{0};  // µs · 2^USUAL_BITS
  uint32_t gaps_{0};
};

}  // namespace esphome::retrostep
