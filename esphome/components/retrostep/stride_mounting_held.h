#pragma once
/// Strides that wait for the mounting to become sure: a ring of small packed records.

#include <algorithm>
#include <array>
#include <cmath>

#include "stride_mounting_parameters.h"
#include "stride_turns.h"
#include "stride_types.h"

namespace esphome::retrostep {

/// A stride that may be a step, its direction not yet named.
struct OpenStride {
  Stride stride;
  Angle heading;            ///< displacement in the mounting's level plane, less half the yaw
  int32_t forwardness_q14;  ///< see StrideMounting; not kept while the stride waits
  bool turn;                ///< belongs to whatever bout it stands in ...
  bool unsure;              ///< ... and does not even show that somebody walks
};

class HeldStrides {
 public:
  int size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool full() const { return size_ == parameters::HELD_STRIDES; }

  /// Puts a stride at the end; there must be room.
  void push(const OpenStride &open) {
    ring_[index_(size_++)] = Packed{
        static_cast<uint32_t>(open.stride.start_us),
        static_cast<uint32_t>(open.stride.end_us),
        static_cast<int16_t>(open.heading >> 16),
        static_cast<uint16_t>(std::lround(open.stride.length_m / LENGTH_UNIT)),
        static_cast<int16_t>(std::lround(open.stride.yaw_deg / YAW_UNIT)),
        static_cast<int16_t>(std::lround(open.stride.dz_m / LENGTH_UNIT)),
        static_cast<uint16_t>(std::lround(std::min(open.stride.peak_dps / PEAK_UNIT, 65535.0f))),
        open.turn,
        open.unsure,
        open.stride.length_valid,
    };
  }

  /// The heading of the newest but `newer` was another one.
  void correct(int newer, Angle heading) {
    ring_[index_(size_ - 1 - newer)].heading = static_cast<int16_t>(heading >> 16);
  }

  /// When the oldest stride began; there must be one.
  uint64_t oldest_us(uint64_t now_us) const { return unwrap(ring_[first_].start_us, now_us); }

  /// Takes the oldest stride; there must be one, not older than 2^32 µs.
  OpenStride pop(uint64_t now_us) {
    const Packed &packed = ring_[first_];
    OpenStride open{};
    open.stride.start_us = unwrap(packed.start_us, now_us);
    open.stride.end_us = unwrap(packed.end_us, now_us);
    open.stride.length_m = static_cast<float>(packed.length) * LENGTH_UNIT;
    open.stride.yaw_deg = static_cast<float>(packed.yaw) * YAW_UNIT;
    open.stride.dz_m = static_cast<float>(packed.dz) * LENGTH_UNIT;
    open.stride.peak_dps = static_cast<float>(packed.peak) * PEAK_UNIT;
    open.stride.length_valid = packed.length_valid;
    open.heading = packed.heading * (1 << 16);
    open.turn = packed.turn;
    open.unsure = packed.unsure;
    first_ = index_(1);
    --size_;
    return open;
  }

 private:
  static constexpr float LENGTH_UNIT = 5e-5f;  // m
  static constexpr float YAW_UNIT = 0.01f;     // °
  static constexpr float PEAK_UNIT = 0.1f;     // °/s

  struct Packed {
    uint32_t start_us, end_us;  // low halves; the high ones follow from the time it is taken
    int16_t heading;
    uint16_t length;
    int16_t yaw, dz;
    uint16_t peak;
    bool turn : 1, unsure : 1, length_valid : 1;
  };

  static uint64_t unwrap(uint32_t low_us, uint64_t now_us) {
    return now_us - static_cast<uint32_t>(static_cast<uint32_t>(now_us) - low_us);
  }
  size_t index_(int offset) const {
    return static_cast<size_t>((static_cast<int>(first_) + offset) % parameters::HELD_STRIDES);
  }

  int size_{0};
  size_t first_{0};
  std::array<Packed, parameters::HELD_STRIDES> ring_{};
};

}  // namespace esphome::retrostep
