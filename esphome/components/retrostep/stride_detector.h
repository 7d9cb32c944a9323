#pragma once
/// From ticks to raw strides: finds the instants at which the foot rests and integrates between two of them.
///
/// Rest is found in two ways. A quiet stance shows by itself: rotation and acceleration stay below thresholds
/// that follow the swing before it. A lively foot is never quiet; there the instant counts at which rotation,
/// acceleration and the integrated speed come closest to nothing together (a "touch").
/// The displacement between two rests is p - v·T/2: a constant error of acceleration, wrong gravity included,
/// leaves no trace in it, and the mean specific force of the swing shows where up is.

#include "stride_mounting_swing.h"
#include "stride_parameters.h"
#include "stride_swing.h"
#include "stride_types.h"
#include "stride_window.h"

namespace retrostep {

/// A swing between two rests, before any judgement about walking.
struct RawStride {
  uint64_t start_us, end_us;
  Attitude start;     ///< from the pod's axes to those of the way: gravity is level, the rest by chance
  Level way;          ///< how far it went, 2^-23 g·s²
  float length_m;     ///< of that, its level part: is it a stride?
  float measured_m;   ///< the same to the calmest instant soon after: how long was it?
  float climb_m;      ///< of that, up
  float tilt_cos;     ///< between up at the start and up at the end, pod axes
  int32_t yaw;        ///< turn between the rests, left positive, see stride_turns.h
  float residual_ms;  ///< speed left at the end, m/s; zero for perfect sensors
  float peak_dps;
  float peak_ms;
  bool bridged;        ///< held a short gap
  float unsure_m;      ///< how far off the displacement may be because of that
  MountingSwing turn;  ///< how it turned about the watched axes
};

class StrideDetector {
 public:
  /// Takes one tick that ends at `now_us`. True if a stride ended.
  RETROSTEP_IN_PLACE bool add(const Tick &tick, uint64_t now_us) {
    window_.push(tick, bias());
    return run(now_us, false);
  }
  /// The stride that ended last.
  const RawStride &stride() const { return stride_; }
  /// Mean specific force of the newest tick, 2^-18 g, pod axes.
  Whole3 newest_accel() const { return window_.newest_accel(); }
  /// Its length is not final yet.
  bool measuring() const { return measuring_; }
  /// End of a recording: what came closest to rest so far ends the last stride. True if there was one.
  bool finish(uint64_t now_us);
  /// Gathers `RawStride::turn` about these axes, which must stay where they are.
  void watch(const WatchedAxes &axes) { axes_ = &axes; }
  /// A gap too long to bridge: what the foot did meanwhile is unknown.
  void lose();
  /// Since when the foot has been swinging; `now_us` if it is not. A stride may still begin here.
  uint64_t swinging_since_us(uint64_t now_us) const { return anchor_ == Anchor::kNone ? now_us : start_us_; }
  /// The foot stands, be it for a moment.
  bool in_stance() const { return standing_; }
  /// The foot stands or lies.
  bool still() const { return standing_ && stance_us_ > to_us(parameters::kStillS); }

 private:
  /// How sure it is that the foot rested where the swing began.
  enum class Anchor : uint8_t { kNone, kGuess, kTouch, kStance };

  /// How much more speed a swing may leave at a quiet stance because a gap hid some of it.
  static float slack(const Swing &swing) { return swing.gap_us > 0 ? parameters::kBridgedSlack : 1.0f; }
  bool run(uint64_t now_us, bool end);
  RETROSTEP_IN_PLACE bool step(uint64_t now_us);
  RETROSTEP_IN_PLACE bool leaves(MotionWindow::Span now, uint32_t rate2, uint32_t dt_us);
  void leave();
  RETROSTEP_IN_PLACE void stand(const Whole3 &rate, const TickTurn &turned, uint32_t dt_us, uint64_t now_us);
  RETROSTEP_IN_PLACE void gather(const Whole3 &rate, const TickTurn &turned, uint32_t dt_us);
  RETROSTEP_IN_PLACE void follow(const Tick &tick, uint32_t speed2);
  RETROSTEP_IN_PLACE bool swing(uint32_t dt_us, uint64_t now_us, uint32_t speed2);
  uint32_t quiet_rate2() const;
  bool rests(uint32_t dt_us);
  bool glides() const;
  float glide_ms() const;
  bool settle(uint64_t now_us);
  RETROSTEP_IN_PLACE bool touch(uint64_t now_us, uint32_t speed2);
  void consider_touch(uint64_t now_us);
  bool end_at_touch();
  bool straighten_gap(const Attitude &level);
  void begin(uint64_t now_us);
  void rest(uint64_t now_us);
  void measure(MotionWindow::Span now, uint32_t rate2, uint32_t dt_us);
  Vec3 moved(const Swing &end, const Whole3 &end_rate) const;
  void follow_stance();
  void learn_drift();
  void learn_bias(uint32_t dt_us);
  /// 2^-9 °/s.
  Whole3 bias() const { return fine_bias_ >> kBiasBits; }
  float unrest(const Whole3 &accel, const Whole3 &rate);
  void measure_unrest();
  RETROSTEP_IN_PLACE bool may_rest(uint32_t speed2);
  bool guess_holds() const;
  RETROSTEP_IN_PLACE uint32_t limit_us() const;
  bool close(const Swing &end, const Whole3 &end_rate, uint64_t end_us);
  void forget_touch();

  static constexpr int kBiasBits = 7;

  /// What unrest is measured in, and the peaks it was taken from.
  struct Units {
    float per_rate2, per_pull2, per_speed2;
    uint32_t most_speed2;  // above it no foot rests
    uint32_t of_rate2, of_speed2;
  };

  Whole3 fine_bias_;    // 2^-16 °/s
  Whole3 levelled_;     // half the turn that levelled the attitude since the last swing began, rad in 2^-28
  bool drifts_{false};  // no other turn was taken out with it
  uint32_t rest_us_{0};
  bool standing_{false};
  Anchor anchor_{Anchor::kNone};
  // stance
  Whole3 stance_accel_;  // 2^-18 g, pod axes
  uint32_t stance_us_{0};
  Whole3 stance_turn_;  // half of it, rad in 2^-27, not yet in the attitude
  uint32_t unfollowed_us_{0};
  uint32_t leave_rate_{0};  // 2^-9 °/s
  bool measuring_{false};   // the last stride's length, with `touch_` as that swing gone on
  uint32_t calm_rate2_{0};  // where that length ends, see rate_square()
  // swing
  uint64_t start_us_{0};
  Attitude start_;
  Swing swing_{};
  MountingSwing turn_;  // of that swing, since the touch if there was one
  struct {
    Whole3 position, velocity;
    uint32_t time_us;
  } gap_{};  // of that swing just after its last short gap
  uint32_t quiet_us_{0};
  Whole3 rate_;        // 2^-9 °/s, pod axes, of the last tick of the stance
  Whole3 start_rate_;  // 2^-9 °/s, pod axes, at the swing's start
  // the instant of this swing closest to rest so far
  bool touched_{false};
  Swing touch_{};
  MountingSwing touch_turn_;         // of the swing up to then
  Whole3 touch_accel_, touch_rate_;  // 2^-18 g, 2^-9 °/s, pod axes
  uint64_t touch_us_{0};
  float touch_unrest_{0};  // only less is closer to rest
  uint32_t touch_age_us_{0};
  uint32_t after_rate2_{0}, after_speed2_{0};  // peaks since that instant
  Units units_{};
  const WatchedAxes *axes_{nullptr};
  RawStride stride_{};
  MotionWindow window_;
};

}  // namespace retrostep
