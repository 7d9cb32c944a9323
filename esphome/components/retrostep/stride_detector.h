#pragma once
/// From samples to raw strides: finds stances and integrates the swing between two of them.

#include "stride_types.h"
#include "stride_window.h"

namespace retrostep {

/// A swing between two stances, before any judgement about walking. Axes: the pod's, levelled.
struct RawStride {
  uint64_t start_us, end_us;
  Vec3 up;            ///< gravity's direction at the start, pod axes
  Vec3 displacement;  ///< m, pod axes turned to the levelled start (z up, heading of the pod kept)
  float yaw_rad;      ///< turn between the stances, left positive
  float residual_ms;  ///< speed left at the end, m/s; zero for perfect sensors
  float peak_dps;
  bool bridged;  ///< held a short gap
};

class StrideDetector {
 public:
  /// Takes one tick that ends at `now_us`. True if it ended a stride, then in `out`.
  bool add(const Tick &raw, uint64_t now_us, bool bridged, RawStride &out);
  /// A gap too long to bridge: what the foot did meanwhile is unknown.
  void lose();
  /// The foot stands, be it for a moment.
  bool in_stance() const { return state_ == State::kStance; }
  bool still() const { return state_ == State::kStance && stance_s_ > 0.3f; }

 private:
  enum class State : uint8_t { kSearch, kStance, kSwing };

  void search(const MotionWindow::View &view, uint64_t now_us);
  bool stand(const Tick &tick, const MotionWindow::View &view, uint64_t now_us);
  bool swing(const Tick &tick, const MotionWindow::View &view, uint64_t now_us, RawStride &out);
  void learn_bias(const MotionWindow::View &view);
  void start_swing(uint64_t now_us);

  MotionWindow window_;
  State state_{State::kSearch};
  Vec3 bias_;          // rad/s
  Vec3 stance_accel_;  // m/s², pod axes
  float stance_s_{0};
  float leave_rate_{0};  // rad/s, threshold of the last stance's beginning
  uint64_t start_us_{0};
  Quat start_;
  Quat attitude_;
  Vec3 velocity_, position_;
  float swing_s_{0}, quiet_s_{0}, peak_{0};
  bool bridged_{false};
};

}  // namespace retrostep
