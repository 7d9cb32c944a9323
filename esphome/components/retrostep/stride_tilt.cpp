#include "stride_tilt.h"

namespace esphome::retrostep {

namespace p = parameters;

/// By sines instead of angles: they are small.
Whole3 StanceTilt::correct(Attitude &attitude, const Whole3 &accel_q18g, uint32_t level_us) {
  static constexpr float MOST_SINE = 0.8f;  // half of it is what turn_after() takes
  static constexpr auto MOST_Q21 = static_cast<int32_t>(MOST_SINE * (1 << FORCE_BITS));
  attitude.turn(half_q27rad_ << 5);
  const Whole3 seen_q21g = attitude.rotate_half(accel_q18g << 4);
  const auto gain_q31 = static_cast<int32_t>(std::min(waiting_us_, level_us) * (0x7fffffff / level_us));
  const auto half_q32 = [gain_q31](int32_t sine_q21) {
    return high(std::clamp(sine_q21, -MOST_Q21, MOST_Q21) << 10, gain_q31) * 2;
  };
  const Whole3 half_q32rad{half_q32(seen_q21g.y), half_q32(-seen_q21g.x), 0};
  attitude.turn_after(half_q32rad);
  attitude.straighten();
  begin();
  return half_q32rad;
}

Vec3 force_g(const Attitude &attitude, const Whole3 &accel_q18g) {
  return attitude.rotate_half(accel_q18g << 4).real(1.0f / (1 << FORCE_BITS));
}

Attitude swing_tilt(const Swing &swing) {
  return Attitude::upright(swing.force_time_ms(), std::min(1.0f, swing.seconds()) * p::SWING_TILT_GAIN);
}

bool correct_gap(Swing &swing, const AfterGap &gap, const Attitude &level) {
  Swing fixed = swing;
  const float since_s = to_s(fixed.time_us - gap.time_us);
  fixed.restart_since(gap.position_q23gs2, gap.velocity_q23gs, since_s, level);
  fixed.velocity_q23gs.run_on(gap.velocity_q23gs);
  if (fixed.velocity_ms().norm2() >= swing.velocity_ms().norm2()) return false;
  const Vec3 before_m = gap.velocity_q23gs.real(SPEED_UNIT) * since_s;
  fixed.position_q23gs2.run_on(gap.position_q23gs2);
  fixed.position_q23gs2.run_on(Whole3::of(before_m, 1.0f / SPEED_UNIT));
  fixed.attitude = level * fixed.attitude;
  swing = fixed;
  return true;
}

}  // namespace esphome::retrostep
