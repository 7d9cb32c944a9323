#pragma once
/// What a stride is made of: from a swing between two zero-velocity updates to its length, climb and turn.
///
/// The velocity left over at the second one is taken out evenly (linear de-drift): the displacement is p -
/// v·T/2, and a constant error of acceleration, wrong gravity included, leaves no trace in it.

#include "stride_fixed.h"
#include "stride_mounting_swing.h"
#include "stride_parameters.h"
#include "stride_swing.h"
#include "stride_turns.h"
#include "stride_zupt.h"

namespace esphome::retrostep {

/// A swing between two rests, before any judgement about walking.
struct RawStride {
  uint64_t start_us, end_us;
  Attitude start;    ///< from the pod's axes to those of the way: gravity is level, the rest by chance
  Level way_q23gs2;  ///< how far it went
  float length_m;    ///< of that, its level part: is it a stride?
  float measured_m;  ///< along the ground, be it a slope, to the calmest instant soon after: how long was it?
  float climb_m;     ///< of that, up
  float tilt_cos;    ///< between up at the start and up at the end, pod axes
  Angle yaw;         ///< turn between the rests, left positive, see stride_turns.h
  float residual_ms;  ///< speed left at the end; zero for perfect sensors
  float peak_dps;
  float peak_ms;
  bool bridged;        ///< held a short gap
  float unsure_m;      ///< how far off the displacement may be because of the residual
  MountingSwing turn;  ///< how it turned about the watched axes
};

/// Where and how a swing began.
struct SwingStart {
  uint64_t at_us{0};
  Attitude attitude;
  Whole3 rate_q9dps;  ///< pod axes
  Zupt zupt{Zupt::NONE};
};

class StrideMeasurement {
 public:
  /// Measures the stride from `start` to the `end` of its swing; false for what is only a fidget.
  bool close(const SwingStart &start, const Swing &end, const Whole3 &end_rate_q9dps, uint64_t end_us,
             const MountingSwing &turn);
  /// The stride that was closed last.
  const RawStride &stride() const { return stride_; }
  /// Up at its end as the stance shows it, pod axes; what was integrated saw no gap.
  void correct_end(const Vec3 &up);

  /// A foot called flat may still roll down: the length of the stride just closed is measured to the calmest
  /// instant that soon follows. Nothing else about it changes. `rate2_q4`: the fastest of the stance so far.
  void begin_refining(const Swing &end, uint32_t rate2_q4);
  bool refining() const { return refining_; }
  void end_refining() { refining_ = false; }
  /// The swing of that stride gone on.
  Swing &swing() { return swing_; }
  /// That swing has moved on by a tick: looks at the ticks right around it, the fastest of which is
  /// `rate2_q4`.
  void refine(const SwingStart &start, const MotionWindow &window, MotionWindow::Span now, uint32_t rate2_q4,
              const Whole3 &bias_q9dps);

 private:
  RawStride stride_{};
  bool refining_{false};
  uint32_t end_us_{0};         // when its swing was closed, in the time of that swing
  uint32_t calm_rate2_q4_{0};  // fastest rate around the instant that its length ends at
  Swing swing_{};
};

}  // namespace esphome::retrostep
