#pragma once
/// Counts strides of one foot and tells which way they went, from a shoe-worn accelerometer and gyroscope.
///
/// Pure: no allocation, no clock, no double, constant memory; knows neither ESPHome nor files.
///
/// How a sample becomes a stride, in the words of the field, with the file that does it:
///
/// - Sample, tick: a reading of six axes; readings gathered to at least 9 ms. (clock, window)
/// - Test statistic: sets rest apart from motion over a window of ticks. As in the literature (Skog 2010)
///   the angular rate, and size and variance of the specific force, each against a threshold; of the rate
///   the largest instead of its energy, and its threshold follows the peak of the swing before. (window)
/// - Foot-flat: mid-stance, the whole sole on the floor: all statistics are below their thresholds. From
///   foot-off to foot-flat the foot swings. (stance)
/// - Zero-velocity update, ZUPT: the foot rests now, so velocity and position start from zero (Foxlin
///   2005). In a lively gait no window is quiet: there it is the instant of the least statistic, integrated
///   speed included. (zupt)
/// - Strapdown: turn, velocity and position are integrated in the axes of the swing's start. (swing)
/// - Tilt correction: gravity at rest, or as the mean specific force of a swing between two ZUPTs, shows
///   where up is. (tilt)
/// - Gyro bias: what the gyroscope reads at rest; learned there, and from what tilt corrections have in
///   common. (gyro_bias)
/// - Accelerometer offset: what it reads beside gravity; seen at rest and in turns. (accel_offset)
/// - Linear de-drift: the velocity left over at the second of two ZUPTs is taken out as if it had grown
///   evenly, so the displacement is p - v·T/2 (as Rampp 2015, in closed form). (measurement)
/// - Stride: one foot from stance to stance; two steps. What can't be one is dropped. (rules)
/// - Mounting: how the pod sits on the foot: up, and the axis from heel to toe. (mounting)
/// - Bout, streak: strides of one direction with short gaps; they count once they are proven to be walking.
///   (streak; what proves it: proof)
/// - Worn: the pod is on a foot (van Hees 2011). (wear)
///
/// - Foxlin 2005: Pedestrian tracking with shoe-mounted inertial sensors. IEEE Computer Graphics and
///   Applications 25(6), 38-46.
/// - Skog, Händel, Nilsson, Rantakokko 2010: Zero-velocity detection - an algorithm evaluation. IEEE
///   Transactions on Biomedical Engineering 57(11), 2657-2666.
/// - Rampp et al. 2015: Inertial sensor-based stride parameter calculation from gait sequences in geriatric
///   patients. IEEE Transactions on Biomedical Engineering 62(4), 1089-1097.
///
/// Thresholds, and what they were measured on: stride_parameters.h.

#include "stride_clock.h"
#include "stride_detector.h"
#include "stride_mounting.h"
#include "stride_mounting_held.h"
#include "stride_streak.h"
#include "stride_types.h"
#include "stride_wear.h"

namespace esphome::retrostep {

class StrideCore {
 public:
  explicit StrideCore(StrideSink &sink) : streak_(sink) { detector_.watch(mounting_.axes()); }
  StrideCore(const StrideCore &) = delete;
  StrideCore &operator=(const StrideCore &) = delete;

  /// Takes one sample; may call the sink. Any rate from 25 to 400 Hz, jitter and short gaps allowed.
  void add(const Sample &sample);
  /// End of a recording: gives the verdicts of what is still pending.
  void finish();

  /// Unwrapped time of the last sample, µs since the first one.
  uint64_t now_us() const { return clock_.now_us(); }
  /// Rate at which samples arrive, Hz; 0 before the second sample.
  float sample_rate_hz() const { return clock_.rate_hz(); }
  /// Gaps too long to bridge (each ended the stride it hit).
  uint32_t gap_count() const { return clock_.gaps(); }
  /// The foot stands or lies still now.
  bool still() const { return detector_.still(); }
  /// The pod is on a foot: from the first counted walk, or a quarter of an hour in which it stirred, until an
  /// hour in which it did not.
  bool worn() const { return wear_.worn(); }
  /// What was known before this core began to look.
  void assume_worn(bool worn) { wear_.assume(worn); }
  /// What is known of the sensors, and what was known before this core began.
  SensorErrors sensor_errors() const { return detector_.sensor_errors(); }
  void assume_sensor_errors(const SensorErrors &errors) { detector_.assume(errors); }
  /// Strides of a counted bout were seen within the last 3 s.
  bool walking() const { return streak_.walking(); }

  /// Takes the axes of `Sample` for granted (the default), or those of a mounting learned before.
  void use_known_mounting();
  void use_mounting(const Mounting &mounting);
  /// Finds the mounting while walking; strides are held back until it is sure.
  void find_mounting();
  /// "I walk 8 steps forward now": the next strides are forward, whatever the evidence said before.
  void calibrate_forward();
  /// What is known of the mounting, to be persisted; false before anything is known.
  bool mounting(Mounting &out) const;
  /// Directions are named; until then strides are held back.
  bool direction_sure() const { return mounting_.sure(); }
  /// How sure the direction of strides is, 0.5 (a guess) .. 1.
  float direction_confidence() const;

 private:
  bool gather_(const Tick &part);
  RETROSTEP_IN_PLACE void end_tick_(const Tick &tick);
  void pass_time_();
  void judge_ended_();
  void judge_(const RawStride &raw);
  void keep_moved_();
  void classify_(const OpenStride &open, bool sure);
  void settle_(bool must);

  StrideClock clock_;
  Tick tick_{};  // means of what was gathered; nothing while `dt_us` is 0
  Whole3 last_accel_q18g_, last_gyro_q9dps_;
  bool ended_{false};  // a stride, not yet judged
  // First what every sample asks for: from afar it takes longer to reach.
  StrideWear wear_;
  StrideDetector detector_;
  HeldStrides held_;  // until the mounting is sure
  int stale_{0};      // so many of them, the oldest, are of a mounting before: their headings say nothing
  StrideMounting mounting_;
  StrideStreak streak_;
};

}  // namespace esphome::retrostep
