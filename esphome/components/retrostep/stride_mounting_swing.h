#pragma once
/// What one swing shows of the mounting, gathered tick by tick: how it turned about the pod's level axes.
/// The detector gathers it, since only it knows where a swing begins and ends; StrideMounting reads it.

#include "stride_fixed.h"
#include "stride_mounting_parameters.h"
#include "stride_turns.h"

namespace retrostep {

/// Level axes of the pod, pod axes, in 2^-30: two at right angles, and the supposed left of the foot among
/// them; `plain`: those of a known mounting.
struct WatchedAxes {
  Whole3 across{1 << kTurnBits, 0, 0}, aside{0, 1 << kTurnBits, 0}, left{0, 1 << kTurnBits, 0};
  bool plain{true};
};

/// The swing seen with one end of the pod leading (the end that goes first).
struct LeadingPitch {
  int32_t down;   ///< half of the largest angle with the leading end down, 2^-21 rad
  int32_t up;     ///< the same with the leading end up
  int32_t leave;  ///< fastest turn that lowers the leading end, before it is lowest, 2^-9 °/s
  int32_t land;   ///< the same after it was highest

  int32_t both() const { return down + up; }
};

/// Half of an angle, in 2^-21 rad: pitches.
constexpr int32_t pitch_of(float deg) {
  return static_cast<int32_t>(deg * (0.5f * kRadPerDeg * (1 << 21)));
}

/// About which level axis swings turned.
struct TurnedAbout {
  Level twice;    ///< twice the angle of the axis, as long as the turn is one-sided times `whole`
  int32_t whole;  ///< how much it turned; at most kMost, that of a walk's swing
  static constexpr auto kMost = static_cast<int32_t>(parameters::kMountAxisSweep * 32);  // 2^-5 (°/s)² s
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

  TurnedAbout about() const {
    const int32_t whole = run_on(sum_11_, sum_22_);
    if (sum_11_ < 0 || sum_22_ < 0 || whole <= 0) return {{0, 0}, 0};  // broken samples run over
    const Level twice{sum_11_ - sum_22_, std::clamp(run_on(sum_12_, sum_12_), -whole, whole)};
    if (whole <= TurnedAbout::kMost) return {twice, whole};
    const int32_t share_q30 = ((1 << 30) / (whole >> 10)) << 10;
    return {{high(twice.x, share_q30) * 4, high(twice.y, share_q30) * 4}, TurnedAbout::kMost};
  }

  /// The pitch with the supposed toe (or else the supposed heel) leading; the foot is flat at both ends.
  LeadingPitch leading(bool toe) const {
    const uint32_t time = (time_us_ >> 7) + 1;
    const auto off = [this, time](const Extreme &e) {
      const uint32_t share_q16 = std::min((e.at_us << 9) / time, uint32_t{1} << 16);
      return (e.half_q25 >> 4) - (high(half_q25_, static_cast<int32_t>(share_q16 << 14)) >> 2);
    };
    const int32_t toe_down = std::max(off(low_), int32_t{0}), toe_up = std::max(-off(high_), int32_t{0});
    if (toe) return {toe_down, toe_up, low_.before, high_.after};
    return {toe_up, toe_down, -high_.before, -low_.after};
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
