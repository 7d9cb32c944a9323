#pragma once
/// The time of samples: unwraps a 32-bit microsecond clock and tells jitter from gaps.

#include <cstdint>

#include "stride_parameters.h"

namespace retrostep {

enum class Arrival : uint8_t {
  kFirst,    ///< nothing to integrate over yet: first sample, or the first one after a gap
  kRegular,  ///< `dt_s` since the last sample
  kBridged,  ///< the same after a short gap
  kRefused,  ///< time stood still: the sample is no news
};

class StrideClock {
 public:
  Arrival arrive(uint32_t time_us) {
    if (!started_) {
      started_ = true;
      last_us_ = time_us;
      return Arrival::kFirst;
    }
    const uint32_t step_us = time_us - last_us_;
    if (step_us == 0) return Arrival::kRefused;
    last_us_ = time_us;
    if (step_us > kBackwards) {  // the clock jumped back: start over from here, our own time stands
      ++gaps_;
      return Arrival::kFirst;
    }
    now_us_ += step_us;
    dt_s_ = static_cast<float>(step_us) * 1e-6f;
    const float limit_s = std::max(parameters::kGapFactor * usual_s_, parameters::kGapMinS);
    const bool gap = usual_s_ > 0 && dt_s_ > limit_s;
    learn(gap);
    if (dt_s_ > std::max(parameters::kGapBridgeS, usual_s_ * parameters::kGapFactor)) {
      ++gaps_;
      return Arrival::kFirst;
    }
    return gap ? Arrival::kBridged : Arrival::kRegular;
  }

  uint64_t now_us() const { return now_us_; }
  float dt_s() const { return dt_s_; }
  float rate_hz() const { return usual_s_ > 0 ? 1.0f / usual_s_ : 0.0f; }
  uint32_t gaps() const { return gaps_; }

 private:
  static constexpr uint32_t kBackwards = 0x80000000u;

  /// A running median of dt: moves by a fixed share towards each step, so rare gaps hardly count.
  void learn(bool gap) {
    if (usual_s_ <= 0) {
      usual_s_ = std::clamp(dt_s_, 0.0025f, 0.040f);
      return;
    }
    const float share = gap ? 0.01f : 0.05f;
    usual_s_ += std::clamp(dt_s_ - usual_s_, -share * usual_s_, share * usual_s_);
  }

  bool started_{false};
  uint32_t last_us_{0};
  uint64_t now_us_{0};
  float dt_s_{0};
  float usual_s_{0};
  uint32_t gaps_{0};
};

}  // namespace retrostep
