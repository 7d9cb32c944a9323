#include "stride_swing.h"

namespace esphome::retrostep {

void Swing::restart_since(const Whole3 &then_q23gs2, const Whole3 &then_q23gs, float t, const Attitude &fix) {
  static constexpr float ONE = 1.0f / SPEED_UNIT;
  const auto turned = [&fix](Vec3 moved, float fall) {
    moved.z += fall;
    Whole3 whole = fix.rotate_half(Whole3::of(moved, ONE)) << 1;
    whole.z = run_on(whole.z, -nearest(fall * ONE));
    return whole;
  };
  const Vec3 path_m = position_q23gs2.since(then_q23gs2).real(SPEED_UNIT) - then_q23gs.real(SPEED_UNIT) * t;
  position_q23gs2 = turned(path_m, 0.5f * GRAVITY * t * t);
  velocity_q23gs = turned(velocity_q23gs.since(then_q23gs).real(SPEED_UNIT), GRAVITY * t);
}

/// Fast turns or few samples a second: exact enough in two steps.
Whole3 Swing::turn_in_two_(const Whole3 &accel_q22g, const Whole3 &half_q27rad) {
  static constexpr float MOST_RAD = 0.8f;  // of half a turn: its halves are what turn() takes
  static constexpr auto MOST_Q27 = static_cast<int32_t>(MOST_RAD * (1 << 27));
  const auto quarter_q32 = [](int32_t half_q27) { return std::clamp(half_q27, -MOST_Q27, MOST_Q27) << 4; };
  const Whole3 quarter_q32rad{quarter_q32(half_q27rad.x), quarter_q32(half_q27rad.y),
                              quarter_q32(half_q27rad.z)};
  attitude.turn(quarter_q32rad);
  attitude.straighten();
  const Whole3 force_q21g = attitude.rotate_half(accel_q22g);
  attitude.turn(quarter_q32rad);
  attitude.straighten();
  return force_q21g;
}

}  // namespace esphome::retrostep
