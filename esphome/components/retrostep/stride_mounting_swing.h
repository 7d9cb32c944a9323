#pragma once
/// What one swing shows of the mounting, gathered tick by tick: how it turned about the pod's level axes.
/// The detector gathers it, since only it knows where a swing begins and ends; StrideMounting reads it.

#include "stride_fixed.h"

namespace retrostep {

/// Level axes of the pod, pod axes: two at right angles, and the supposed left of the foot among them.
struct LevelAxes {
  Vec3 across{1, 0, 0}, aside{0, 1, 0}, left{0, 1, 0};
};

/// The same as the sample path reads them, in 2^-30; `plain`: those of a known mounting, as above.
struct WatchedAxes {
  Whole3 across, aside, left;
  bool plain{true};
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
  /// Gathers a tick. `rate`: 2^-9 °/s; `half_q27`: half the turn, rad; both pod axes.
  RETROSTEP_IN_PLACE void add(const WatchedAxes &axes, const Whole3 &rate, const Whole3 &half_q27,
                              uint32_t dt_us, int32_t dt_q32) {
    int32_t pitch = rate.y, half_q25 = half_q27.y >> 2;
    if (!axes.plain) {
      const Whole3 r = rate << 2;
      pitch = r.dot(axes.left);
      half_q25 = half_q27.dot(axes.left);
      const int32_t rate_1 = r.dot(axes.across) << 8, rate_2 = r.dot(axes.aside) << 8;
      sum_11_ = run_on(sum_11_, high(high(rate_1, rate_1) << 3, dt_q32));
      sum_12_ = run_on(sum_12_, high(high(rate_1, rate_2) << 3, dt_q32));
      sum_22_ = run_on(sum_22_, high(high(rate_2, rate_2) << 3, dt_q32));
    }
    time_us_ += dt_us;
    half_q25_ = run_on(half_q25_, half_q25);
    fastest_down_ = std::max(fastest_down_, pitch);
    fastest_up_ = std::min(fastest_up_, pitch);
    if (half_q25_ > low_.half_q25) {
      low_.half_q25 = half_q25_;
      low_.at_us = time_us_;
      low_.before = fastest_down_;
      low_.after = 0;
    } else {
      low_.after = std::min(low_.after, pitch);
    }
    if (half_q25_ < high_.half_q25) {
      high_.half_q25 = half_q25_;
      high_.at_us = time_us_;
      high_.before = fastest_up_;
      high_.after = 0;
    } else {
      high_.after = std::max(high_.after, pitch);
    }
  }

  /// Goes on with what another one gathered after it.
  void append(const MountingSwing &o) {
    const int32_t low = run_on(half_q25_, o.low_.half_q25), high = run_on(half_q25_, o.high_.half_q25);
    low_.after = std::min(low_.after, o.fastest_up_);
    high_.after = std::max(high_.after, o.fastest_down_);
    if (low > low_.half_q25)
      low_ = {low, time_us_ + o.low_.at_us, std::max(fastest_down_, o.low_.before), o.low_.after};
    if (high < high_.half_q25)
      high_ = {high, time_us_ + o.high_.at_us, std::min(fastest_up_, o.high_.before), o.high_.after};
    sum_11_ = run_on(sum_11_, o.sum_11_);
    sum_12_ = run_on(sum_12_, o.sum_12_);
    sum_22_ = run_on(sum_22_, o.sum_22_);
    time_us_ += o.time_us_;
    half_q25_ = run_on(half_q25_, o.half_q25_);
    fastest_down_ = std::max(fastest_down_, o.fastest_down_);
    fastest_up_ = std::min(fastest_up_, o.fastest_up_);
  }
  void clear() {
    sum_11_ = sum_12_ = sum_22_ = 0;
    time_us_ = 0;
    half_q25_ = fastest_down_ = fastest_up_ = 0;
    low_ = high_ = {0, 0, 0, 0};
  }

  /// How far it turned about level axes to and fro: the squares of rates times time, times the duration.
  float sweep_deg2() const {
    return (static_cast<float>(sum_11_) + static_cast<float>(sum_22_)) * to_s(time_us_) * (1.0f / 32);
  }
  /// Twice the angle of the axis it turned about, as a vector as long as the turn is one-sided (0 .. 1).
  void axis(float &cos2, float &sin2) const {
    const float one = static_cast<float>(sum_11_), two = static_cast<float>(sum_22_);
    cos2 = sin2 = 0;
    if (!(sum_11_ >= 0 && sum_22_ >= 0 && one + two > 0)) return;  // broken samples run over
    const float share = 1.0f / (one + two);
    cos2 = (one - two) * share;
    sin2 = 2.0f * static_cast<float>(sum_12_) * share;
  }

  /// The pitch with the supposed toe (or else the supposed heel) leading; the foot is flat at both ends.
  LeadingPitch leading(bool toe) const {
    constexpr float kTurnUnit = 2.0f / (1 << 25);
    const float drift = time_us_ > 0 ? static_cast<float>(half_q25_) / static_cast<float>(time_us_) : 0;
    const auto off = [drift](const Extreme &e) {
      return (static_cast<float>(e.half_q25) - drift * static_cast<float>(e.at_us)) * kTurnUnit;
    };
    const float toe_down = std::max(off(low_), 0.0f), toe_up = std::max(-off(high_), 0.0f);
    const auto rate = [](int32_t pitch) { return static_cast<float>(pitch) * kRateUnit; };
    if (toe) return {toe_down, toe_up, rate(low_.before), rate(high_.after)};
    return {toe_up, toe_down, -rate(high_.before), -rate(low_.after)};
  }

 private:
  /// The furthest the supposed toe went down (low) or up (high).
  struct Extreme {
    int32_t half_q25;
    uint32_t at_us;
    int32_t before;  ///< fastest turn towards it, before it
    int32_t after;   ///< fastest turn of the other extreme's kind, after it

    RETROSTEP_IN_PLACE Extreme &operator=(const Extreme &o) {  // not by `memcpy`
      half_q25 = o.half_q25, at_us = o.at_us, before = o.before, after = o.after;
      return *this;
    }
  };
  int32_t sum_11_{0}, sum_12_{0},
      sum_22_{0};  // products of rates about the level axes, times time, (°/s)² s / 32
  uint32_t time_us_{0};
  int32_t half_q25_{0};                      // half the turn about the supposed left, rad
  int32_t fastest_down_{0}, fastest_up_{0};  // rate about it, 2^-9 °/s: toe down positive
  Extreme low_{}, high_{};
};

}  // namespace retrostep
