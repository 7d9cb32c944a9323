#pragma once
/// What an LED says when somebody should know: so many short flashes, now and then.

#include <cstdint>

namespace esphome::pod_feedback {

enum class Sign : uint8_t {
  NONE,
  UNREACHED,    ///< the radio is on, but Home Assistant is not reached
  BATTERY_LOW,  ///< so that the pod wants to be charged
};

class SignPlan {
 public:
  /// Between two looks, each with its flashes. A flash of 30 ms takes next to nothing of the cell.
  static constexpr uint32_t EVERY_MS = 10000;
  /// Joining a network takes a while and is no sign.
  static constexpr uint32_t JOINS_WITHIN_MS = 30000;
  /// As Home Assistant says that a pod needs charging.
  static constexpr float LOW_PERCENT = 20.0f;

  /// The sign of now. `seeks`: the radio is on; `battery_percent`: NaN if it is not known.
  Sign look(uint32_t now_ms, bool seeks, bool reached, float battery_percent) {
    if (!seeks || reached) this->fine_ms_ = now_ms;
    // Who cannot see the pod in Home Assistant cannot see its level there.
    if (battery_percent < LOW_PERCENT) return Sign::BATTERY_LOW;
    return now_ms - this->fine_ms_ >= JOINS_WITHIN_MS ? Sign::UNREACHED : Sign::NONE;
  }

 private:
  uint32_t fine_ms_{0};  ///< when nothing was wrong with the network last
};

}  // namespace esphome::pod_feedback
