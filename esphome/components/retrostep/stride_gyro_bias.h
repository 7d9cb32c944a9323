#pragma once
/// The gyroscope's bias: what it reads while nothing turns.
///
/// Two things show it. Real rest: a zero angular rate update, by a strict rule, as a loose one learns from
/// feet that only seem to rest. And walking: what each stance's tilt correction turns back is, over many
/// strides, the bias times the time between them.

#include "stride_fixed.h"
#include "stride_window.h"

namespace esphome::retrostep {

class GyroBias {
 public:
  Whole3 q9dps() const { return bias_q16dps_ >> FINE_BITS; }

  const Whole3 &q16dps() const { return bias_q16dps_; }
  /// Starts from what was found before; what no rest can have shown is ignored.
  void assume(const Whole3 &q16dps);

  /// The foot turns too fast for any rest.
  RETROSTEP_IN_PLACE void interrupt() { rest_us_ = 0; }
  /// Looks at the window, `dt_us` after the last look: has it been real rest for long enough? Returns for how
  /// long, µs.
  uint32_t learn_at_rest(const MotionWindow &window, uint32_t dt_us);

  /// Half a tilt correction about the level axes, of one swing and the stance after it.
  void add_tilt(const Whole3 &half_q28rad) { tilt_half_q28rad_.run_on(half_q28rad); }
  void forget_tilt() { tilt_half_q28rad_ = {}; }
  /// `clean`: the corrections hold the drift of one swing between two zero-velocity updates and nothing else.
  void judge_tilt(bool clean) { clean_tilt_ = clean; }
  /// A stance of `stance_us` is over, its attitude corrected: learns from what was added since the last one.
  void learn_from_tilt(const Attitude &attitude, uint32_t stance_us);

 private:
  static constexpr int FINE_BITS = 7;
  static constexpr int BITS = RATE_BITS + FINE_BITS;

  Whole3 bias_q16dps_;
  Whole3 rest_q16dps_;  // as rest showed it last
  Whole3 tilt_half_q28rad_;
  bool clean_tilt_{false};
  uint32_t rest_us_{0};
};

}  // namespace esphome::retrostep
