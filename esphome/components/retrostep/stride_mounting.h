#pragma once
/// Finds how the pod sits on the foot while the walker walks: up, the axis from heel to toe, and which of its
/// ends is the toe.
///
/// Up is gravity in the stances. The axis lies across the swing's rotation and along the displacement. The
/// ends differ in how the foot pitches: walking forward the leading end (the toe) dips far and fast at
/// lift-off and rises less before landing; walking backward the leading end (the heel) dips less than it
/// rises, and slower. So each walk in one direction shows by its leading end's pitch alone, which no mounting
/// can change, whether it went forward; which end led, the displacement tells. Both directions' evidence adds
/// up as log-odds.

#include "stride_detector.h"
#include "stride_mounting_swing.h"
#include "stride_types.h"

namespace retrostep {

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

  /// The pod was mounted anew before this stride: headings told before have no meaning any more.
  bool moved(const RawStride &raw);
  /// Where the stride went, rad: in the mounting's level plane, less half the yaw.
  float heading(const RawStride &raw) const;
  /// Learns from a stride that looks like walking.
  void learn(const RawStride &raw, float heading_rad);

  /// How much the foot pitched as in walking forward (about 0.6) or backward (-0.6); 0 for strides that are
  /// not long and clear, and always while the mounting is searched: then the same evidence speaks through
  /// `sure`.
  float forwardness(const RawStride &raw, float heading_rad) const;

  /// Directions may be told.
  bool sure() const { return known_ || (sure_ != 0 && calibrate_left_ == 0 && other_strides_ == 0); }
  /// The angle of a heading to the toe, rad; a guess until sure.
  float toe_angle(float heading_rad) const;
  /// Probability that the toe is the toe, 0.5 .. 1.
  float confidence() const;
  /// What is known; false before the axis is.
  bool mounting(Mounting &out) const;

 private:
  /// The walking with one end leading.
  struct Walk {
    float strides{0}, down_rad{0}, up_rad{0}, rates{0};

    void add(const LeadingPitch &pitch);
    /// About 0.6 for walking forward, -0.6 for walking backward.
    float forwardness() const;
    /// Log-odds that it went forward. Unless it pitched as far as only walking does, they are worth as much
    /// as `planar`, 0 .. 1.
    float forward_odds(float planar) const;
  };

  void adopt(const Vec3 &up, const Vec3 &toe);
  void learn_axis(const RawStride &raw, float heading_rad);
  float planar() const;
  void doubt_axis(const MountingSwing &swing, float heading_rad);
  void trust_axis(float strides);
  void forget_axis();
  void turn_axis(float rad);
  void weigh(const MountingSwing &swing, bool toe_leads);
  void learn_calibration(const RawStride &raw, float heading_rad);
  void end_calibration();
  void notice_change(bool toe_leads, float one_plane);
  void decide();

  bool known_{true};
  bool up_known_{false};
  bool fresh_{false};       // the plane was taken from the stride that just ended: its swing was not watched
  Vec3 level_up_{0, 0, 1};  // the pod's own level plane ...
  LevelAxes axes_;          // ... and its axes
  WatchedAxes watched_;     // the same
  Vec3 up_{0, 0, 1};        // mean of the stances
  Vec3 other_up_;           // of stances that do not fit
  int other_strides_{0};
  // Sums of doubled angles: of what swings turned about, and of where strides went.
  float turn_cos2_{0}, turn_sin2_{0}, course_cos2_{0}, course_sin2_{0}, axis_weight_{0};
  int off_axis_strides_{0};
  float axis_rad_{0};        // supposed toe, from `across` towards `aside`
  float heard_axis_rad_{0};  // where it was when the ends began to speak
  Walk toe_leads_, heel_leads_;
  float prior_{0}, odds_{0};
  bool told_{false};  // by the walker
  int sure_{0};       // +1: the supposed toe is the toe; -1: the heel
  int last_lead_{0};
  uint64_t last_us_{0};
  int calibrate_left_{0}, calibrate_seen_{0};
  float calibrate_cos_{0}, calibrate_sin_{0};
  uint64_t calibrate_us_{0};  // start, then the last stride
};

}  // namespace retrostep
