#pragma once
/// Angles in whole numbers.

#include "stride_fixed.h"

namespace esphome::retrostep {

/// An angle: 2^32 of them are a turn, so that it wraps by itself.
using Angle = int32_t;

/// `deg` below 180 in size.
constexpr Angle turns(float deg) {
  return static_cast<Angle>(deg * (4294967296.0f / 360.0f));
}
constexpr float DEG_PER_TURN = 360.0f / 4294967296.0f;

/// Difference, sum and size of angles.
constexpr Angle turns_between(Angle from, Angle to) {
  return static_cast<int32_t>(static_cast<uint32_t>(to) - static_cast<uint32_t>(from));
}
constexpr Angle turned(Angle by, Angle angle) {
  return static_cast<int32_t>(static_cast<uint32_t>(by) + static_cast<uint32_t>(angle));
}
constexpr uint32_t turn_size(Angle angle) {
  return angle < 0 ? 0u - static_cast<uint32_t>(angle) : static_cast<uint32_t>(angle);
}

/// A place in a plane.
struct Level {
  int32_t x{0}, y{0};
};

/// The direction of an angle.
Level direction_q30(Angle angle);
/// The angle of a place, to a thousandth of a degree.
Angle angle_of(int32_t x, int32_t y);

}  // namespace esphome::retrostep
