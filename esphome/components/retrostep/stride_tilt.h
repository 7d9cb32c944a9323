#pragma once
/// Tilt correction: gravity, seen at rest, shows where up is, and so how far the integrated attitude has
/// tilted.

#include "stride_fixed.h"
#include "stride_parameters.h"
#include "stride_swing.h"

namespace esphome::retrostep {

/// The attitude of a foot that stands: its small turns are gathered and taken over together, a few times a
/// stance.
class StanceTilt {
 public:
  void begin() {
    half_q27rad_ = {};
    waiting_us_ = 0;
  }
  /// Gathers a tick of the stance.
  RETROSTEP_IN_PLACE void add(const TickTurn &turned, uint32_t dt_us) {
    half_q27rad_ += turned.half_q27rad;
    waiting_us_ += dt_us;
  }
  bool due() const { return waiting_us_ > to_us(parameters::TILT_EVERY_S); }
  /// How long turns have been gathered.
  uint32_t waiting_us() const { return waiting_us_; }
  /// Takes what was gathered into the attitude and turns it towards gravity, the mean force of the stance,
  /// within about `level_us`. Returns half the correction, about the level axes, 2^-32 rad.
  Whole3 correct(Attitude &attitude, const Whole3 &accel_q18g, uint32_t level_us);

 private:
  Whole3 half_q27rad_;  // half the turns not yet in the attitude, pod axes
  uint32_t waiting_us_{0};
};

/// A specific force in the axes of an attitude, g.
Vec3 force_g(const Attitude &attitude, const Whole3 &accel_q18g);

/// The correction that a swing between two rests asks for: its mean specific force is gravity. A short swing
/// says less.
Attitude swing_tilt(const Swing &swing);

/// Where a swing was just after its last short gap.
struct AfterGap {
  Whole3 position_q23gs2, velocity_q23gs;
  uint32_t time_us;
};
/// At rest, gravity shows the turn that a gap hid: everything since it is turned back by `level`. Done only
/// if that explains the speed left over, too: true then.
bool correct_gap(Swing &swing, const AfterGap &gap, const Attitude &level);

}  // namespace esphome::retrostep
