#pragma once
/// Angles in whole numbers: a turn is 2^32 of them, so that they wrap by themselves.

#include "stride_fixed.h"

namespace retrostep {

/// `deg` below 180 in size.
constexpr int32_t turns(float deg) {
  return static_cast<int32_t>(deg * (4294967296.0f / 360.0f));
}
constexpr float kDegPerTurn = 360.0f / 4294967296.0f;

/// Difference, sum and size of angles.
constexpr int32_t turns_between(int32_t from, int32_t to) {
  return static_cast<int32_t>(static_cast<uint32_t>(to) - static_cast<uint32_t>(from));
}
constexpr int32_t turned(int32_t by, int32_t angle) {
  return static_cast<int32_t>(static_cast<uint32_t>(by) + static_cast<uint32_t>(angle));
}
constexpr uint32_t turn_size(int32_t angle) {
  return angle < 0 ? 0u - static_cast<uint32_t>(angle) : static_cast<uint32_t>(angle);
}

/// A place in a plane.
struct Level {
  int32_t x{0}, y{0};
};

/// The direction of an angle, 2^-30.
Level direction_of(int32_t angle);
/// The angle of a place, to a thousandth of a degree.
int32_t angle_of(int32_t x, int32_t y);

}  // namespace retrostep
