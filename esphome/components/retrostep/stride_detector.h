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
#include "stride_types.h"
#include "stride_window.h"

namespace retrostep {

/// A swing between two rests, before any judgement about walking.
struct RawStride {
  uint64_t start_us, end_us;
  Vec3 up;            ///< gravity's direction at the start, pod axes
  Vec3 displacement;  ///< m, pod axes turned to the levelled start (z up, heading of the pod kept)
  float tilt_cos;     ///< between up at the start and up at the end, pod axes
  float yaw_rad;      ///< turn between the rests, left positive
  float residual_ms;  ///< speed left at the end, m/s; zero for perfect sensors
  float peak_dps;
  float peak_ms;
  bool bridged;        ///< held a short gap
  MountingSwing turn;  ///< how it turned about the watched axes
};

class StrideDetector {
 public:
  /// Takes one tick that ends at `now_us`. True if a stride ended, then in `out`.
  bool add(const Tick &tick, uint64_t now_us, RawStride &out);
  /// End of a recording: what came closest to rest so far ends the last stride. True if there was one.
  bool finish(uint64_t now_us, RawStride &out);
  /// Gathers `RawStride::turn` about these axes from now on; null: not at all.
  void watch(const LevelAxes *axes) { axes_ = axes; }
  /// A gap too long to bridge: what the foot did meanwhile is unknown.
  void lose();
  /// Since when the foot has been swinging; `now_us` if it is not. A stride may still begin here.
  uint64_t swinging_since_us(uint64_t now_us) const { return anchor_ == Anchor::kNone ? now_us : start_us_; }
  /// The foot stands, be it for a moment.
  bool in_stance() const { return standing_; }
  /// The foot stands or lies.
  bool still() const { return standing_ && stance_s_ > parameters::kStillS; }

 private:
  /// How sure it is that the foot rested where the swing began.
  enum class Anchor : uint8_t { kNone, kGuess, kTouch, kStance };

  /// The integration since the foot last rested; axes of its start: z up.
  struct Swing {
    Quat attitude;
    Vec3 velocity, position;
    float seconds;
    float peak_rate2;   // (rad/s)²
    float peak_speed2;  // (m/s)²
    float gap_s;        // when a short gap was bridged; 0 without one
    MountingSwing turn;
  };

  /// How much more speed a swing may leave because a gap hid some of it.
  static float slack(const Swing &swing) { return swing.gap_s > 0 ? parameters::kBridgedSlack : 1.0f; }
  bool step(uint64_t now_us, RawStride &out);
  bool stand(const Tick &tick, uint64_t now_us);
  bool swing(const Tick &tick, const MotionWindow::View &view, uint64_t now_us, RawStride &out);
  bool settle(const MotionWindow::View &view, uint64_t now_us, float quiet_dps, RawStride &out);
  bool touch(const MotionWindow::View &view, uint64_t now_us, float dt_s, RawStride &out);
  bool end_at_touch(RawStride &out);
  void integrate(const Tick &tick);
  void begin(uint64_t now_us);
  void level(const Vec3 &accel, float gain);
  void follow_stance();
  void learn_bias(const MotionWindow::View &view, float dt_s);
  float unrest(const MotionWindow::View &view) const;
  bool may_rest() const;
  bool close(const Swing &end, const Vec3 &end_rate, uint64_t end_us, RawStride &out) const;
  void forget_touch();

  MotionWindow window_;
  Vec3 bias_;  // rad/s
  float rest_s_{0};
  bool standing_{false};
  Anchor anchor_{Anchor::kNone};
  // stance
  Vec3 stance_accel_;  // m/s², pod axes
  float stance_s_{0};
  Vec3 stance_turn_;  // rad, not yet in the attitude
  float unfollowed_s_{0};
  float leave_rate_{0};  // rad/s
  // swing
  uint64_t start_us_{0};
  Quat start_;
  Swing swing_{};
  float quiet_s_{0};
  Vec3 rate_;        // rad/s, pod axes, of the last tick of the stance
  Vec3 start_rate_;  // rad/s, pod axes, at the swing's start
  // the instant of this swing closest to rest so far
  Swing touch_{};
  Vec3 touch_accel_, touch_rate_;
  uint64_t touch_us_{0};
  float touch_unrest_{0};
  float touch_age_s_{0};
  float after_rate2_{0}, after_speed2_{0};  // peaks since that instant
  MountingSwing after_turn_;                // the same
  const LevelAxes *axes_{nullptr};
};

}  // namespace retrostep
