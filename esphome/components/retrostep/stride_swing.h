#pragma once
/// The integration of a swing: from readings to attitude, speed and place since the foot last rested.

#include "stride_fixed.h"
#include "stride_window.h"

namespace retrostep {

/// What a tick turned, and for how long.
struct TickTurn {
  /// `rate`: 2^-9 °/s, the bias taken off.
  RETROSTEP_IN_PLACE TickTurn(const Whole3 &rate, uint32_t dt_us)
      : dt_q32(static_cast<int32_t>(dt_us * 4295)),
        half_q27((rate << 9).part(static_cast<int32_t>(dt_us * 19190))) {
    static_assert(kRateBits == 9);  // 19190 = 2^41 · π / 360 / 10^6
  }
  int32_t dt_q32;   ///< s
  Whole3 half_q27;  ///< half the turn, rad, pod axes
};

/// Axes of its start: z up. Speeds in 2^-23 g·s, positions in 2^-23 g·s².
struct Swing {
  Attitude attitude;
  Whole3 velocity, position;
  uint32_t time_us{0};
  uint32_t peak_rate2{0};   // see rate_square()
  uint32_t peak_speed2{0};  // see speed_square()
  uint32_t gap_us{0};       // when a short gap was bridged; 0 without one

  float seconds() const { return to_s(time_us); }
  Vec3 velocity_ms() const { return velocity.real(kSpeedUnit); }
  Vec3 position_m() const { return position.real(kSpeedUnit); }
  /// Mean specific force times time, m/s, were it at rest at both ends.
  Vec3 lift_ms() const {
    Vec3 lift = velocity_ms();
    lift.z += seconds() * kGravity;
    return lift;
  }
  float peak_dps() const { return rate_of_square(peak_rate2); }
  float top_ms() const { return std::sqrt(static_cast<float>(peak_speed2) * kSpeedSquareUnit); }

  /// Moves on by a tick of `dt_us`; returns the square of the speed now, see speed_square().
  RETROSTEP_IN_PLACE uint32_t move(const Whole3 &accel, const TickTurn &turned, uint32_t dt_us) {
    time_us += dt_us;
    const Whole3 force = (turn_and_rotate(accel, turned.half_q27) - Whole3{0, 0, 1 << 21}) << 2;
    const Whole3 gain = force.part(turned.dt_q32);
    Whole3 mean = velocity;
    mean.run_on(gain >> 1);
    velocity.run_on(gain);
    position.run_on(mean.part(turned.dt_q32));
    return speed_square(velocity);
  }

  /// What was integrated in the `t` seconds since a position and velocity starts from rest and as if the
  /// attitude had been turned by `fix`; gravity does not turn along.
  void turn_since(const Whole3 &position_then, const Whole3 &velocity_then, float t, const Attitude &fix) {
    constexpr float kOne = 1.0f / kSpeedUnit;
    const auto turned = [&fix](Vec3 moved, float fall) {
      moved.z += fall;
      Whole3 whole = fix.rotate_half(Whole3::of(moved, kOne)) << 1;  // which comes in half the units
      whole.z = retrostep::run_on(whole.z, -nearest(fall * kOne));
      return whole;
    };
    const Vec3 path = position.since(position_then).real(kSpeedUnit) - velocity_then.real(kSpeedUnit) * t;
    position = turned(path, 0.5f * kGravity * t * t);
    velocity = turned(velocity.since(velocity_then).real(kSpeedUnit), kGravity * t);
  }

 private:
  /// Mean force of the tick, 2^-21 g, axes of the start.
  RETROSTEP_IN_PLACE Whole3 turn_and_rotate(const Whole3 &accel, const Whole3 &half_q27) {
    constexpr float kSmallTurn = 0.08f;  // rad in half a tick; more is a fast turn seen at a low sample rate
    constexpr auto kSmall = static_cast<int32_t>(kSmallTurn * kSmallTurn * (1 << 22));
    const Whole3 a = accel << 4;
    if (half_q27.dot(half_q27) < kSmall) {
      const Whole3 half_q32 = half_q27 << 5;
      const Whole3 force = attitude.rotate_half_in_place(a + half_q32.cross(a));
      attitude.turn_in_place(half_q32);
      return force;
    }
    return turn_in_two(Whole3(a), Whole3(half_q27));  // of copies: the rest stays in registers
  }
  /// Fast turns or few samples a second: exact enough in two steps.
  [[gnu::noinline]] Whole3 turn_in_two(const Whole3 &a, const Whole3 &half_q27) {
    static constexpr auto kMost = static_cast<int32_t>(0.8f * (1 << 27));
    const auto quarter_q32 = [](int32_t q27) { return std::clamp(q27, -kMost, kMost) << 4; };
    const Whole3 quarter{quarter_q32(half_q27.x), quarter_q32(half_q27.y), quarter_q32(half_q27.z)};
    attitude.turn(quarter);
    attitude.straighten();
    const Whole3 force = attitude.rotate_half(a);
    attitude.turn(quarter);
    attitude.straighten();
    return force;
  }
};

}  // namespace retrostep
