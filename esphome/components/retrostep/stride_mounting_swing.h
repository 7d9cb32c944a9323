#pragma once
/// What one swing shows of the mounting, gathered tick by tick: how it turned about the pod's level axes.
/// The detector gathers it, since only it knows where a swing begins and ends; StrideMounting reads it.

#include "stride_math.h"

namespace retrostep {

/// Level axes of the pod, pod axes: two at right angles, and the supposed left of the foot among them.
struct LevelAxes {
  Vec3 across{1, 0, 0}, aside{0, 1, 0}, left{0, 1, 0};
};

/// What a tick adds to every swing that holds it: rates in rad/s, pod axes.
struct LevelTurn {
  LevelTurn(const LevelAxes &axes, const Vec3 &rate, float dt) : dt_s(dt), pitch(rate.dot(axes.left)) {
    const float rate_1 = rate.dot(axes.across), rate_2 = rate.dot(axes.aside);
    angle = pitch * dt_s;
    turn_11 = rate_1 * rate_1 * dt_s;
    turn_12 = rate_1 * rate_2 * dt_s;
    turn_22 = rate_2 * rate_2 * dt_s;
  }
  float dt_s;
  float pitch;  ///< rate about the supposed left: toe down positive
  float angle;  ///< the same times `dt_s`
  float turn_11, turn_12, turn_22;
};

/// The swing seen with one end of the pod leading (the end that goes first).
struct LeadingPitch {
  float down_rad;    ///< largest angle with the leading end down
  float up_rad;      ///< largest angle with the leading end up
  float leave_rads;  ///< fastest turn that lowers the leading end, before it is lowest
  float land_rads;   ///< the same after it was highest

  float both_rad() const { return down_rad + up_rad; }
};

class MountingSwing {
 public:
  void add(const LevelTurn &tick) {
    sum_11_ += tick.turn_11;
    sum_12_ += tick.turn_12;
    sum_22_ += tick.turn_22;
    seconds_ += tick.dt_s;
    angle_ += tick.angle;
    const float pitch = tick.pitch;
    fastest_down_ = std::max(fastest_down_, pitch);
    fastest_up_ = std::min(fastest_up_, pitch);
    if (angle_ > low_.angle) {
      low_ = {angle_, seconds_, fastest_down_, 0};
    } else {
      low_.after = std::min(low_.after, pitch);
    }
    if (angle_ < high_.angle) {
      high_ = {angle_, seconds_, fastest_up_, 0};
    } else {
      high_.after = std::max(high_.after, pitch);
    }
  }

  /// Twice the angle of the axis it turned about, as a vector as long as the turn is one-sided (0 .. 1).
  void axis(float &cos2, float &sin2) const {
    const float total = sum_11_ + sum_22_;
    cos2 = sin2 = 0;
    if (!(total > 0 && total < kAbsurd)) return;
    const float share = 1.0f / total;
    cos2 = (sum_11_ - sum_22_) * share;
    sin2 = 2.0f * sum_12_ * share;
  }

  /// The pitch with the supposed toe (or else the supposed heel) leading; the foot is flat at both ends.
  LeadingPitch leading(bool toe) const {
    const float drift = seconds_ > 0 ? angle_ / seconds_ : 0;
    const float toe_down = std::max(low_.angle - drift * low_.at_s, 0.0f);
    const float toe_up = std::max(drift * high_.at_s - high_.angle, 0.0f);
    if (toe) return {toe_down, toe_up, low_.before, high_.after};
    return {toe_up, toe_down, -high_.before, -low_.after};
  }

 private:
  static constexpr float kAbsurd = 1e6f;  // rad²/s: more comes from broken samples
  /// The furthest the supposed toe went down (low) or up (high).
  struct Extreme {
    float angle{0}, at_s{0};
    float before{0};  ///< fastest turn towards it, before it
    float after{0};   ///< fastest turn of the other extreme's kind, after it
  };
  float sum_11_{0}, sum_12_{0}, sum_22_{0};
  float seconds_{0}, angle_{0};
  float fastest_down_{0}, fastest_up_{0};
  Extreme low_, high_;
};

}  // namespace retrostep
