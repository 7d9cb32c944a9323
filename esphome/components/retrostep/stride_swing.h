#pragma once
/// Strapdown integration of a swing: from readings to attitude, velocity and position since the last
/// zero-velocity update.

#include "stride_fixed.h"
#include "stride_window.h"

namespace esphome::retrostep {

/// What a tick turned, and for how long.
struct TickTurn {
  static constexpr uint64_t US_PER_S = 1000000;
  static constexpr auto S_PER_US_Q32 = static_cast<uint32_t>(((uint64_t{1} << 32) + US_PER_S / 2) / US_PER_S);
  /// Half a turn in rad per °/s and µs.
  static constexpr auto HALF_TURN_Q41 =
      static_cast<uint32_t>(0.5f * RAD_PER_DEG * static_cast<float>((uint64_t{1} << 41) / US_PER_S));

  /// `rate`: the bias taken off.
  RETROSTEP_IN_PLACE TickTurn(const Whole3 &rate_q9dps, uint32_t dt_us)
      : dt_q32s(static_cast<int32_t>(dt_us * S_PER_US_Q32)),
        // 9 bits of the rate, 9 more for it, 41 of the factor, less the 32 of an upper half.
        half_q27rad((rate_q9dps << 9).part(static_cast<int32_t>(dt_us * HALF_TURN_Q41))) {
    static_assert(RATE_BITS + 9 + 41 - 32 == 27);
  }
  int32_t dt_q32s;
  Whole3 half_q27rad;  ///< half the turn, pod axes
};

/// Axes of its start: z up.
struct Swing {
  Attitude attitude;  ///< from the pod's axes now
  Whole3 velocity_q23gs, position_q23gs2;
  uint32_t time_us{0};
  uint32_t peak_rate2_q4{0};    ///< see squared_rate_q4()
  uint32_t peak_speed2_q24{0};  ///< see squared_speed_q24()
  uint32_t gap_us{0};           ///< when a short gap was bridged; 0 without one

  bool bridged() const { return gap_us > 0; }
  float seconds() const { return to_s(time_us); }
  Vec3 velocity_ms() const { return velocity_q23gs.real(SPEED_UNIT); }
  Vec3 position_m() const { return position_q23gs2.real(SPEED_UNIT); }
  /// Mean specific force times time, m/s: gravity, were it at rest at both ends.
  Vec3 force_time_ms() const {
    Vec3 sum = velocity_ms();
    sum.z += seconds() * GRAVITY;
    return sum;
  }
  float peak_dps() const { return dps_of_rate2(peak_rate2_q4); }
  float peak_ms() const { return std::sqrt(static_cast<float>(peak_speed2_q24) * SPEED2_UNIT); }

  /// Moves on by a tick of `dt_us`; returns the square of the speed now, see squared_speed_q24().
  RETROSTEP_IN_PLACE uint32_t move(const Whole3 &accel_q18g, const TickTurn &turned, uint32_t dt_us) {
    time_us += dt_us;
    const Whole3 motion_q23g =
        (turn_and_rotate_(accel_q18g, turned.half_q27rad) - Whole3{0, 0, 1 << FORCE_BITS}) << 2;
    static_assert(FORCE_BITS + 2 == SPEED_BITS);
    const Whole3 gain_q23gs = motion_q23g.part(turned.dt_q32s);
    Whole3 mean_q23gs = velocity_q23gs;
    mean_q23gs.run_on(gain_q23gs >> 1);
    velocity_q23gs.run_on(gain_q23gs);
    position_q23gs2.run_on(mean_q23gs.part(turned.dt_q32s));
    return squared_speed_q24(velocity_q23gs);
  }

  /// What was integrated in the `t` seconds since a position and a velocity starts from rest and as if the
  /// attitude had been turned by `fix`; gravity does not turn along.
  void restart_since(const Whole3 &then_q23gs2, const Whole3 &then_q23gs, float t, const Attitude &fix);

 private:
  /// Mean specific force of the tick, 2^-21 g, axes of the start.
  RETROSTEP_IN_PLACE Whole3 turn_and_rotate_(const Whole3 &accel_q18g, const Whole3 &half_q27rad) {
    static constexpr float SMALL_TURN =
        0.08f;  // rad in half a tick; more is a fast turn seen at a low sample rate
    static constexpr auto SMALL_Q22 = static_cast<int32_t>(SMALL_TURN * SMALL_TURN * (1 << 22));
    const Whole3 accel_q22g = accel_q18g << 4;
    if (half_q27rad.dot(half_q27rad) < SMALL_Q22) {
      const Whole3 half_q32rad = half_q27rad << 5;
      const Whole3 force_q21g = attitude.rotate_half_in_place(accel_q22g + half_q32rad.cross(accel_q22g));
      attitude.turn_in_place(half_q32rad);
      return force_q21g;
    }
    return turn_in_two_(Whole3(accel_q22g), Whole3(half_q27rad));  // of copies: the rest stays in registers
  }
  Whole3 turn_in_two_(const Whole3 &accel_q22g, const Whole3 &half_q27rad);
};

}  // namespace esphome::retrostep
