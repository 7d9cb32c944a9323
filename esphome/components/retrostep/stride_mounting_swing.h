#pragma once
/// What one swing shows of the mounting, gathered tick by tick: how it turned about the pod's level axes.
/// The detector gathers it, since only it knows where a swing begins and ends; StrideMounting reads it.

#include "stride_fixed.h"
#include "stride_mounting_parameters.h"
#include "stride_turns.h"

namespace esphome::retrostep {

/// Level axes of the pod, pod axes: two at right angles, and the supposed left of the foot among
/// them; `plain`: those of a known mounting.
struct WatchedAxes {
  Whole3 across_q30{1 << TURN_BITS, 0, 0}, aside_q30{0, 1 << TURN_BITS, 0}, left_q30{0, 1 << TURN_BITS, 0};
  bool plain{true};
};

/// The swing seen with one end of the pod leading (the end that goes first).
struct LeadingPitch {
  int32_t down_half_q21;  ///< half of the largest angle with the leading end down, rad
  int32_t up_half_q21;    ///< the same with the leading end up
  int32_t leave_q9dps;    ///< fastest turn that lowers the leading end, before it is lowest
  int32_t land_q9dps;     ///< the same after it was highest

  int32_t both_half_q21() const { return down_half_q21 + up_half_q21; }
};

/// Half of an angle, rad: pitches.
constexpr int32_t half_q21_of(float deg) {
  return static_cast<int32_t>(deg * (0.5f * RAD_PER_DEG * (1 << 21)));
}

/// About which level axis swings turned.
struct TurnedAbout {
  Level twice_q5;    ///< twice the angle of the axis, as long as the turn is one-sided times `whole_q5`
  int32_t whole_q5;  ///< how much it turned, (°/s)² s; at most MOST_Q5, that of a walk's swing
  static constexpr auto MOST_Q5 = static_cast<int32_t>(parameters::MOUNT_AXIS_SWEEP * (1 << 5));
};

class MountingSwing {
 public:
  /// Gathers a tick: its rate and half its turn, pod axes.
  RETROSTEP_IN_PLACE void add(const WatchedAxes &axes, const Whole3 &rate_q9dps, const Whole3 &half_q27rad,
                              uint32_t dt_us, int32_t dt_q32s) {
    int32_t pitch_q9dps = rate_q9dps.y, half_q25rad = half_q27rad.y >> 2;
    if (!axes.plain) {
      const Whole3 rate_q11dps = rate_q9dps << 2;  // upper halves cost 32 bits, axes give 30
      pitch_q9dps = rate_q11dps.dot(axes.left_q30);
      half_q25rad = half_q27rad.dot(axes.left_q30);
      const int32_t rate_1_q17 = rate_q11dps.dot(axes.across_q30) << 8,
                    rate_2_q17 = rate_q11dps.dot(axes.aside_q30) << 8;
      sum_11_q5_ = run_on(sum_11_q5_, high(high(rate_1_q17, rate_1_q17) << 3, dt_q32s));
      sum_12_q5_ = run_on(sum_12_q5_, high(high(rate_1_q17, rate_2_q17) << 3, dt_q32s));
      sum_22_q5_ = run_on(sum_22_q5_, high(high(rate_2_q17, rate_2_q17) << 3, dt_q32s));
    }
    time_us_ += dt_us;
    half_q25rad_ = run_on(half_q25rad_, half_q25rad);
    fastest_down_q9dps_ = std::max(fastest_down_q9dps_, pitch_q9dps);
    fastest_up_q9dps_ = std::min(fastest_up_q9dps_, pitch_q9dps);
    if (half_q25rad_ > low_.half_q25rad) {
      low_.half_q25rad = half_q25rad_;
      low_.at_us = time_us_;
      low_.before_q9dps = fastest_down_q9dps_;
      low_.after_q9dps = 0;
    } else {
      low_.after_q9dps = std::min(low_.after_q9dps, pitch_q9dps);
    }
    if (half_q25rad_ < high_.half_q25rad) {
      high_.half_q25rad = half_q25rad_;
      high_.at_us = time_us_;
      high_.before_q9dps = fastest_up_q9dps_;
      high_.after_q9dps = 0;
    } else {
      high_.after_q9dps = std::max(high_.after_q9dps, pitch_q9dps);
    }
  }

  /// Goes on with what another one gathered after it.
  void append(const MountingSwing &o) {
    const int32_t low_half_q25rad = run_on(half_q25rad_, o.low_.half_q25rad);
    const int32_t high_half_q25rad = run_on(half_q25rad_, o.high_.half_q25rad);
    low_.after_q9dps = std::min(low_.after_q9dps, o.fastest_up_q9dps_);
    high_.after_q9dps = std::max(high_.after_q9dps, o.fastest_down_q9dps_);
    if (low_half_q25rad > low_.half_q25rad)
      low_ = {low_half_q25rad, time_us_ + o.low_.at_us, std::max(fastest_down_q9dps_, o.low_.before_q9dps),
              o.low_.after_q9dps};
    if (high_half_q25rad < high_.half_q25rad)
      high_ = {high_half_q25rad, time_us_ + o.high_.at_us, std::min(fastest_up_q9dps_, o.high_.before_q9dps),
               o.high_.after_q9dps};
    sum_11_q5_ = run_on(sum_11_q5_, o.sum_11_q5_);
    sum_12_q5_ = run_on(sum_12_q5_, o.sum_12_q5_);
    sum_22_q5_ = run_on(sum_22_q5_, o.sum_22_q5_);
    time_us_ += o.time_us_;
    half_q25rad_ = run_on(half_q25rad_, o.half_q25rad_);
    fastest_down_q9dps_ = std::max(fastest_down_q9dps_, o.fastest_down_q9dps_);
    fastest_up_q9dps_ = std::min(fastest_up_q9dps_, o.fastest_up_q9dps_);
  }
  void clear() {
    sum_11_q5_ = sum_12_q5_ = sum_22_q5_ = 0;
    time_us_ = 0;
    half_q25rad_ = fastest_down_q9dps_ = fastest_up_q9dps_ = 0;
    low_ = high_ = {0, 0, 0, 0};
  }

  TurnedAbout about() const {
    const int32_t whole_q5 = run_on(sum_11_q5_, sum_22_q5_);
    if (sum_11_q5_ < 0 || sum_22_q5_ < 0 || whole_q5 <= 0) return {{0, 0}, 0};  // broken samples run over
    const Level twice_q5{sum_11_q5_ - sum_22_q5_,
                         std::clamp(run_on(sum_12_q5_, sum_12_q5_), -whole_q5, whole_q5)};
    if (whole_q5 <= TurnedAbout::MOST_Q5) return {twice_q5, whole_q5};
    const int32_t share_q30 = ((1 << 30) / (whole_q5 >> 10)) << 10;
    return {{high(twice_q5.x, share_q30) * 4, high(twice_q5.y, share_q30) * 4}, TurnedAbout::MOST_Q5};
  }

  /// The pitch with the supposed toe (or else the supposed heel) leading; the foot is flat at both ends.
  LeadingPitch leading(bool toe) const {
    const uint32_t time_128us = (time_us_ >> 7) + 1;
    const auto off_q21 = [this, time_128us](const Extreme &e) {
      const uint32_t share_q16 = std::min((e.at_us << 9) / time_128us, uint32_t{1} << 16);
      return (e.half_q25rad >> 4) - (high(half_q25rad_, static_cast<int32_t>(share_q16 << 14)) >> 2);
    };
    const int32_t toe_down_q21 = std::max(off_q21(low_), int32_t{0});
    const int32_t toe_up_q21 = std::max(-off_q21(high_), int32_t{0});
    if (toe) return {toe_down_q21, toe_up_q21, low_.before_q9dps, high_.after_q9dps};
    return {toe_up_q21, toe_down_q21, -high_.before_q9dps, -low_.after_q9dps};
  }

 private:
  /// The furthest the supposed toe went down (low) or up (high).
  struct Extreme {
    int32_t half_q25rad;
    uint32_t at_us;
    int32_t before_q9dps;  ///< fastest turn towards it, before it
    int32_t after_q9dps;   ///< fastest turn of the other extreme's kind, after it

    RETROSTEP_IN_PLACE Extreme &operator=(const Extreme &o) {  // not by `memcpy`
      half_q25rad = o.half_q25rad, at_us = o.at_us, before_q9dps = o.before_q9dps,
      after_q9dps = o.after_q9dps;
      return *this;
    }
  };
  int32_t sum_11_q5_{0}, sum_12_q5_{0},
      sum_22_q5_{0};  // products of rates about the level axes, times time, (°/s)² s
  uint32_t time_us_{0};
  int32_t half_q25rad_{0};                               // half the turn about the supposed left
  int32_t fastest_down_q9dps_{0}, fastest_up_q9dps_{0};  // rate about it: toe down positive
  Extreme low_{}, high_{};
};

}  // namespace esphome::retrostep
