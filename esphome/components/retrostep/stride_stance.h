#pragma once
/// Stance detection: is the foot flat on the floor (mid-stance), and when does it leave it (foot-off)?
///
/// The test statistics are those of the literature on zero-velocity detectors (see stride_core.h): the
/// angular rate, the size of the specific force and its variance, over a window. Their thresholds follow the
/// swing before, and the integrated velocity must not contradict them: a foot can glide quietly. And the
/// floor can: a belt that feet drive pushes them to and fro while they stand.

#include "stride_fixed.h"
#include "stride_swing.h"
#include "stride_window.h"

namespace esphome::retrostep {

/// More speed than that, m/s, is no error of a swing in which nothing was lost.
float glide_ms(const Swing &swing);

/// Square of a force, 2^-16 g².
constexpr int32_t squared_push_q16(float accel_ms2) {
  return static_cast<int32_t>(accel_ms2 * accel_ms2 * ((1 << 16) / (GRAVITY * GRAVITY)));
}

class StanceDetector {
 public:
  /// The foot stands, be it for a moment.
  bool standing() const { return standing_; }
  uint32_t stance_us() const { return stance_us_; }
  /// Mean specific force of the stance, pod axes.
  const Whole3 &accel_q18g() const { return accel_q18g_; }

  /// During a swing: has the foot come to rest? `sure_start`: the swing began with a certain zero-velocity
  /// update, in the attitude `start`.
  bool foot_flat(const MotionWindow &window, const Swing &swing, const Attitude &start, bool sure_start,
                 uint32_t dt_us);
  /// During a swing: a push ended the stance, but a foot on its way would have turned by now?
  RETROSTEP_IN_PLACE void look_for_belt(const Swing &swing) {
    if (push_us_ > 0 && swing.time_us > to_us(parameters::CARRIED_PUSH_S) &&
        swing.peak_rate2_q4 < squared_rate_q4(parameters::SWING_MIN_PEAK_DPS)) {
      // One push may be a knock, or samples that were lost; a belt pushes with every step.
      if (pushed_us_ > 0 && pushed_us_ < to_us(parameters::CARRIED_MEMORY_S - parameters::CARRIED_APART_S))
        carried_us_ = to_us(parameters::CARRIED_MEMORY_S);
      if (carried_us_ == 0 || pushed_us_ == 0) pushed_us_ = to_us(parameters::CARRIED_MEMORY_S);
    }
  }
  /// What the foot stands on moves: forces on it are no gravity.
  bool carried() const { return carried_us_ > 0; }
  /// A tick more.
  RETROSTEP_IN_PLACE void pass(uint32_t dt_us) {
    carried_us_ -= std::min(carried_us_, dt_us);
    pushed_us_ -= std::min(pushed_us_, dt_us);
  }
  /// The swing is too fast for any rest.
  RETROSTEP_IN_PLACE void interrupt() { quiet_us_ = 0; }
  /// A swing begins anew.
  void begin_swing() { quiet_us_ = 0; }

  /// During a stance: does the foot leave it? If not, the mean force follows slowly. `now`: the ticks right
  /// around the centre, `rate2_q4` their fastest.
  RETROSTEP_IN_PLACE bool foot_off(const MotionWindow &window, MotionWindow::Span now, uint32_t rate2_q4,
                                   uint32_t dt_us) {
    static constexpr auto LEAST_Q9DPS =
        static_cast<uint32_t>(parameters::FOOT_FLAT_MIN_DPS * (1 << RATE_BITS));
    static constexpr int32_t PUSH2_Q16 = squared_push_q16(parameters::FOOT_OFF_ACCEL);
    foot_off_q9dps_ = std::max(
        LEAST_Q9DPS, foot_off_q9dps_ - foot_off_q9dps_ * dt_us / to_us(parameters::FOOT_OFF_DECAY_S));
    const Whole3 off_q18g = window.mean_accel_q18g(now) - accel_q18g_, off_q24g = off_q18g << 6;
    if (rate2_q4 > (foot_off_q9dps_ * foot_off_q9dps_) >> (2 * RATE_BITS - 4)) {
      push_us_ = 0;
      return true;
    }
    const int32_t push2_q16 = off_q24g.dot(off_q24g);
    if ((push2_q16 > PUSH2_Q16 || push_us_ > 0) && pushed_off_(push2_q16, dt_us)) return true;
    accel_q18g_ += (off_q18g << 4).part(static_cast<int32_t>(parameters::STANCE_ACCEL_GAIN * (1 << 28)));
    return false;
  }

  /// All forces are less by so much.
  void shift(const Whole3 &by_q18g) { accel_q18g_ -= by_q18g; }
  /// The foot stands from now on, with this mean force.
  void begin_stance(const Whole3 &accel_q18g);
  /// The stance goes on.
  RETROSTEP_IN_PLACE void go_on(uint32_t dt_us) { stance_us_ += dt_us; }
  /// The stance is over.
  void end_stance() { standing_ = false; }
  /// Angular rate from which the foot leaves the stance that begins now: what it may have had to be flat.
  void set_foot_off(const Swing &swing, bool sure_start);

 private:
  bool pushed_off_(int32_t push2_q16, uint32_t dt_us);

  bool standing_{false};
  Whole3 accel_q18g_;
  uint32_t stance_us_{0};
  uint32_t foot_off_q9dps_{0};
  uint32_t push_us_{0};     // since a force pushed the foot in this stance, 0 if none did or it turned
  uint32_t pushed_us_{0};   // so long a push without a turn is remembered
  uint32_t carried_us_{0};  // so long it will be taken to stand on a belt
  uint32_t quiet_us_{0};    // so long the swing has been as quiet as a stance
};

}  // namespace esphome::retrostep
