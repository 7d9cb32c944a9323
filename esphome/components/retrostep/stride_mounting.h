#pragma once
/// Finds how the pod sits on the foot while the walker walks: up, the axis from heel to toe, and which of its
/// ends is the toe.
///
/// Up is gravity in the stances. The axis lies across the swing's rotation and along the displacement. The
/// ends differ in how the foot pitches: walking forward the leading end (the toe) dips far and fast at
/// lift-off and rises less before landing; walking backward the leading end (the heel) dips less than it
/// rises, and slower. So each walk in one direction shows by its leading end's pitch alone, which no mounting
/// can change, whether it went forward; which end led, the displacement shows. Both directions' evidence adds
/// up as log-odds.

#include <array>

#include "stride_detector.h"
#include "stride_mounting_parameters.h"
#include "stride_mounting_swing.h"
#include "stride_types.h"

namespace esphome::retrostep {

class StrideMounting {
 public:
  /// x is the toe, y the left, z up; nothing is searched. The default.
  void use_known();
  /// Starts from what was learned before; evidence against it brings doubt.
  void use(const Mounting &mounting);
  /// Starts from nothing.
  void find();
  /// The next strides are forward; until they are walked, or one minute has passed, nothing is sure.
  void calibrate(uint64_t now_us);

  /// About which axes swings are to be watched.
  const WatchedAxes &axes() const { return watched_; }
  /// Time passes: a calibration that is not walked ends.
  void pass(uint64_t now_us);

  /// The foot stands as one does where this stride begins: a known mounting alone can tell.
  bool upright(const RawStride &raw) const;
  /// The pod was mounted anew: headings of before this stride have no meaning any more, but those of the last
  /// MOVED_BEFORE strides.
  bool moved(const RawStride &raw);
  static constexpr int MOVED_BEFORE = parameters::MOUNT_MOVED_STRIDES - 1;
  /// Where one of them went, 0 the oldest, in the new mounting.
  Angle heading_before(int stride) const { return heading_(before_[static_cast<size_t>(stride)]); }
  /// Where the stride went, see stride_turns.h: in the mounting's level plane, less half the yaw.
  Angle heading(const RawStride &raw) const { return heading_({raw.start, raw.way_q23gs2, raw.yaw}); }
  /// Learns from a stride that looks like walking.
  void learn(const RawStride &raw, Angle heading);

  /// How much the foot pitched as in walking forward (about 0.6) or backward (-0.6); 0 for strides
  /// that are not long and clear, and always while the mounting is searched: then the same evidence speaks
  /// through `sure`.
  int32_t forwardness_q14(const RawStride &raw, Angle heading) const;

  /// Directions may be named.
  bool sure() const { return known_ || (sure_ != 0 && calibrate_left_ == 0 && other_strides_ == 0); }
  /// The angle of a heading to the toe; a guess until sure.
  Angle toe_angle(Angle heading) const;
  /// Probability that the toe is the toe, 0.5 .. 1.
  float confidence() const;
  /// What is known; false before the axis is.
  bool mounting(Mounting &out) const;

 private:
  /// Where a stride went.
  struct Went {
    Attitude start;
    Level way_q23gs2;
    Angle yaw;
  };
  /// The walking with one end leading: sums that forget.
  struct Walk {
    int32_t strides_q16{0}, down_half_q21{0}, up_half_q21{0}, rates_q16{0};  // pitches as in LeadingPitch

    void add(const LeadingPitch &pitch);
    /// About 0.6 for walking forward, -0.6 for walking backward.
    int32_t forwardness_q14() const;
    /// Log-odds that it went forward. Unless it pitched as far as only walking does, they are worth
    /// as much as `planar_q12`.
    int32_t forward_odds_q16(int32_t planar_q12) const;
  };

  Angle heading_(const Went &went) const;
  bool flipped_() const { return sure_ != 0 ? sure_ < 0 : odds_q16_ < 0; }
  void adopt_(const Whole3 &up_q30, const Whole3 &toe_q30);
  void learn_axis_(const RawStride &raw, Angle heading);
  int32_t planar_q12_() const;
  void doubt_axis_(const MountingSwing &swing, Angle heading);
  void trust_axis_(int32_t strides);
  void forget_axis_();
  void turn_axis_(Angle axis);
  void weigh_(const MountingSwing &swing, bool toe_leads);
  void learn_calibration_(const RawStride &raw, Angle heading);
  void end_calibration_();
  void notice_change_(bool toe_leads);
  void decide_();

  bool known_{true};
  bool up_known_{false};
  bool fresh_{false};       // the plane was taken from the stride that just ended: its swing was not watched
  bool calibrated_{false};  // the walker walked forward on request
  Whole3 level_up_q30_{0, 0, 1 << TURN_BITS},
      up_q30_{0, 0, 1 << TURN_BITS};  // pod axes: the level plane's, and the mean of the stances
  WatchedAxes watched_;               // axes of that plane
  Whole3 other_up_q30_;               // of stances that do not fit
  int other_strides_{0};
  std::array<Went, MOVED_BEFORE> before_{};  // the first of them
  // Sums of doubled angles: of what swings turned about, and of where strides went; each as long as the swing
  // turned, which adds up in the weight.
  Level turned_q5_, courses_q5_;
  int32_t axis_weight_q5_{0};
  int off_axis_strides_{0};
  Angle axis_{0};        // supposed toe, from `across` towards `aside`
  Angle heard_axis_{0};  // where it was when the ends began to speak
  Walk toe_leads_, heel_leads_;
  int32_t prior_q16_{0}, odds_q16_{0};
  int sure_{0};  // +1: the supposed toe is the toe; -1: the heel
  int last_lead_{0};
  uint64_t last_us_{0};
  int calibrate_left_{0}, calibrate_seen_{0};
  Level calibrate_q23_;
  uint64_t calibrate_us_{0};  // start, then the last stride
};

}  // namespace esphome::retrostep
