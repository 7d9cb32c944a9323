#include "stride_turns.h"

#include <cstdlib>

namespace esphome::retrostep {

namespace {

/// Arc tangents of 1, 1/2, 1/4 …: turns that need no product (CORDIC).
constexpr Angle TURNS[] = {0x20000000, 0x12E4051E, 0x09FB385B, 0x051111D4, 0x028B0D43, 0x0145D7E1,
                           0x00A2F61E, 0x00517C55, 0x0028BE53, 0x00145F2F, 0x000A2F98, 0x000517CC,
                           0x00028BE6, 0x000145F3, 0x0000A2FA, 0x0000517D};
constexpr int32_t SHRUNK_Q30 = 652032874;  // one over what those turns lengthen
constexpr uint32_t HALF_TURN = 1u << 31;

}  // namespace

Level direction_q30(Angle angle) {
  const bool behind = turn_size(angle) > HALF_TURN / 2;
  Angle left = behind ? turned(angle, static_cast<int32_t>(HALF_TURN)) : angle;
  Level at{behind ? -SHRUNK_Q30 : SHRUNK_Q30, 0};
  int bits = 0;
  for (const Angle turn : TURNS) {
    const Level step{at.x >> bits, at.y >> bits};
    if (left < 0) {
      at = {at.x + step.y, at.y - step.x};
      left += turn;
    } else {
      at = {at.x - step.y, at.y + step.x};
      left -= turn;
    }
    ++bits;
  }
  return at;
}

Angle angle_of(int32_t x, int32_t y) {
  static constexpr int32_t LONG = 1 << 28;
  Level at{x >> 2, y >> 2};
  if ((at.x | at.y) == 0) return 0;
  while (std::abs(at.x) < LONG && std::abs(at.y) < LONG) at = {at.x * 2, at.y * 2};
  const bool behind = at.x < 0;
  if (behind) at = {-at.x, -at.y};
  auto angle = behind ? static_cast<int32_t>(HALF_TURN) : 0;
  int bits = 0;
  for (const Angle turn : TURNS) {
    const Level step{at.x >> bits, at.y >> bits};
    if (at.y < 0) {
      at = {at.x - step.y, at.y + step.x};
      angle = turned(angle, -turn);
    } else {
      at = {at.x + step.y, at.y - step.x};
      angle = turned(angle, turn);
    }
    ++bits;
  }
  return angle;
}

}  // namespace esphome::retrostep
