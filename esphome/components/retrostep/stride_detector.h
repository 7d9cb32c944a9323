#pragma once
/// From ticks to raw strides: puts stance detection, the search for a zero-velocity update in lively gait,
/// gyro bias, tilt correction and measurement in order.
///
/// A foot either stands or swings. A swing starts at a zero-velocity update (ZUPT) and is integrated to the
/// next one: a quiet stance, which shows by itself, or in a lively gait the instant closest to rest.

#include "stride_accel_offset.h"
#include "stride_gyro_bias.h"
#include "stride_measurement.h"
#include "stride_mounting_swing.h"
#include "stride_parameters.h"
#include "stride_stance.h"
#include "stride_swing.h"
#include "stride_tilt.h"
#include "stride_types.h"
#include "stride_window.h"
#include "stride_zupt.h"

namespace esphome::retrostep {

class StrideDetector {
 public:
  /// Takes one tick that ends at `now_us`. True if a stride ended.
  RETROSTEP_IN_PLACE bool add(const Tick &tick, uint64_t now_us) {
    window_.push({tick.accel_q18g - offset_.q18g(), tick.gyro_q9dps, tick.dt_us, tick.bridged},
                 bias_.q9dps());
    return run_(now_us, false);
  }
  SensorErrors sensor_errors() const;
  /// Before the first tick.
  void assume(const SensorErrors &errors);
  /// The stride that ended last.
  const RawStride &stride() const { return measurement_.stride(); }
  /// Mean specific force of the newest tick, pod axes.
  Whole3 newest_accel_q18g() const { return window_.newest_accel_q18g(); }
  /// Its length is not final yet.
  bool measuring() const { return measurement_.refining(); }
  /// End of a recording: what came closest to rest so far ends the last stride. True if there was one.
  bool finish(uint64_t now_us);
  /// Gathers `RawStride::turn` about these axes, which must stay where they are.
  void watch(const WatchedAxes &axes) { axes_ = &axes; }
  /// A gap too long to bridge: what the foot did meanwhile is unknown.
  void lose();
  /// Since when the foot has been swinging; `now_us` if it is not. A stride may still begin here.
  uint64_t swinging_since_us(uint64_t now_us) const {
    return start_.zupt == Zupt::NONE ? now_us : start_.at_us;
  }
  /// The foot stands or lies.
  bool still() const { return stance_.standing() && stance_.stance_us() > to_us(parameters::STILL_S); }

 private:
  bool run_(uint64_t now_us, bool end);
  RETROSTEP_IN_PLACE bool step_(uint64_t now_us);
  void learn_at_rest_(uint32_t dt_us);
  void shift_(const Whole3 &by_q18g);
  void end_stance_();
  void correct_tilt_();
  RETROSTEP_IN_PLACE void stand_(const Whole3 &rate_q9dps, const TickTurn &turned, uint32_t dt_us,
                                 uint64_t now_us);
  RETROSTEP_IN_PLACE void gather_(const Whole3 &rate_q9dps, const TickTurn &turned, uint32_t dt_us);
  RETROSTEP_IN_PLACE void update_swing_(const Tick &tick, uint32_t speed2_q24);
  RETROSTEP_IN_PLACE bool end_swing_if_due_(uint32_t dt_us, uint64_t now_us, uint32_t speed2_q24);
  bool begin_stance_(uint64_t now_us);
  void search_zupt_(uint64_t now_us);
  bool end_at_zupt_();
  void begin_swing_(uint64_t now_us);
  void clear_swing_(uint64_t now_us);

  AccelOffset offset_;
  GyroBias bias_;
  StanceDetector stance_;
  StanceTilt tilt_;
  SwingStart start_;
  Swing swing_{};
  MountingSwing turn_;  // of that swing, since the instant the search found if it did
  AfterGap gap_{};
  Whole3 rate_q9dps_;  // pod axes, of the last tick of the stance
  ZuptSearch zupt_;
  MountingSwing turn_to_zupt_;  // of the swing up to that instant
  const WatchedAxes *axes_{nullptr};
  StrideMeasurement measurement_;
  MotionWindow window_;
};

}  // namespace esphome::retrostep
