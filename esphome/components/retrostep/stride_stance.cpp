#include "stride_stance.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

/// Slower than this the foot may be flat: a share of the swing's peak, within bounds.
uint32_t foot_flat_rate2_q4(const Swing &swing, bool sure_start) {
  constexpr uint32_t kLeast_q4 = squared_rate_q4(p::kFootFlatMinDps);
  constexpr uint32_t kMost_q4 = squared_rate_q4(p::kFootFlatMaxDps);
  constexpr uint32_t kShare_q32 = share_q32(p::kFootFlatPeakShare * p::kFootFlatPeakShare);
  if (!sure_start) return kMost_q4;
  return std::clamp(part(swing.peak_rate2_q4, kShare_q32), kLeast_q4, kMost_q4);
}

/// A foot may swing quietly, too: is it faster than errors make a rest look?
bool glides(const MotionWindow &window, const Swing &swing, const Attitude &start) {
  const bool bridged = swing.bridged();
  const Vec3 up = window.mean_accel_q18g(window.wide()).real(kAccelUnit).unit({0, 0, 1});
  const float tilt_cos = start.up_q30().real(1.0f / (1 << kTurnBits)).dot(up);
  const bool as_before = tilt_cos > p::kStanceTiltCos;
  if (as_before && !bridged && swing.time_us > to_us(p::kStanceDueS)) return false;
  // A gap may have hidden some of it.
  const float slack = bridged ? p::kBridgedSlack : 1.0f;
  float most_ms = slack * (p::kStanceSpeedBase + p::kStanceSpeedShare * swing.peak_dps());
  if (!as_before || !bridged) most_ms = std::min(most_ms, glide_ms(swing));
  return swing.velocity_ms().norm2() >= most_ms * most_ms;
}

}  // namespace

float glide_ms(const Swing &swing) {
  return std::max(p::kGlideMs2 * swing.seconds(), p::kGlideShare * swing.peak_ms());
}

bool StanceDetector::foot_flat(const MotionWindow &window, const Swing &swing, const Attitude &start,
                               bool sure_start, uint32_t dt_us) {
  const bool quiet = window.full() && window.slower(foot_flat_rate2_q4(swing, sure_start)) &&
                     (swing.time_us > to_us(p::kStanceWindowS) || !sure_start) &&
                     window.steady(squared_accel_q18(p::kStanceAccelSd));
  quiet_us_ = quiet ? quiet_us_ + dt_us : 0;
  if (!quiet) return false;
  return !sure_start || quiet_us_ >= to_us(p::kStanceSureS) || !glides(window, swing, start);
}

void StanceDetector::begin_stance(const Whole3 &accel_q18g) {
  standing_ = true;
  accel_q18g_ = accel_q18g;
  stance_us_ = 0;
}

void StanceDetector::set_foot_off(const Swing &swing, bool sure_start) {
  foot_off_q9dps_ =
      static_cast<uint32_t>(dps_of_rate2(foot_flat_rate2_q4(swing, sure_start)) * (1 << kRateBits));
}

}  // namespace retrostep
