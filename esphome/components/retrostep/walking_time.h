#pragma once
/// How long somebody walked in a direction, from its strides. A stride is one swing, from leaving one stance
/// to reaching the next; people who walk for two minutes mean the stances between the swings too.

#include <cstdint>

#include "stride_parameters.h"
#include "stride_types.h"

namespace esphome::retrostep {

/// Gives every counted stride its share of the walking time; strides come in the order of time.
class WalkingTime {
 public:
  /// µs that a stride adds: since the end of the bout's stride before it, at a bout's start its own swing.
  uint64_t add(const Stride &stride) {
    static constexpr auto BOUT_GAP_US = static_cast<uint64_t>(parameters::BOUT_GAP_S * 1e6f);
    const bool goes_on = stride.direction == direction_ && stride.start_us >= end_us_ &&
                         stride.start_us - end_us_ < BOUT_GAP_US;
    const uint64_t from_us = goes_on ? end_us_ : stride.start_us;
    direction_ = stride.direction;
    end_us_ = stride.end_us;
    return stride.end_us - from_us;
  }

 private:
  Direction direction_{Direction::NONE};
  uint64_t end_us_{0};
};

}  // namespace esphome::retrostep
