#include "stride_stance.h"

#include "stride_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

/// Slower than this the foot may be flat: a share of the swing's peak, within bounds.
uint32_t foot_flat_rate2_q4(const Swing &swing, bool sure_start) {
  static constexpr uint32_t LEAST_Q4 = squared_rate_q4(p::FOOT_FLAT_MIN_DPS);
  static constexpr uint32_t MOST_Q4 = squared_rate_q4(p::FOOT_FLAT_MAX_DPS);
  static constexpr uint32_t SHARE_Q32 = share_q32(p::FOOT_FLAT_PEAK_SHARE * p::FOOT_FLAT_PEAK_SHARE);
  if (!sure_start) return MOST_Q4;
  return std::clamp(part(swing.peak_rate2_q4, SHARE_Q32), LEAST_Q4, MOST_Q4);
}

/// A foot may swing quietly, too: is it faster than errors make a rest look?
bool glides(const MotionWindow &window, const Swing &swing, const Attitude &start) {
  const bool bridged = swing.bridged();
  const Vec3 up = window.mean_accel_q18g(window.wide()).real(ACCEL_UNIT).unit({0, 0, 1});
  const float tilt_cos = start.up_q30().real(1.0f / (1 << TURN_BITS)).dot(up);
  const bool as_before = tilt_cos > p::STANCE_TILT_COS;
  if (as_before && !bridged && swing.time_us > to_us(p::STANCE_DUE_S)) return false;
  // A gap may have hidden some of it.
  const float slack = bridged ? p::BRIDGED_SLACK : 1.0f;
  float most_ms = slack * (p::STANCE_SPEED_BASE + p::STANCE_SPEED_SHARE * swing.peak_dps());
  if (!as_before || !bridged) most_ms = std::min(most_ms, glide_ms(swing));
  return swing.velocity_ms().norm2() >= most_ms * most_ms;
}

}  // namespace

float glide_ms(const Swing &swing) {
  return std::max(p::GLIDE_MS2 * swing.seconds(), p::GLIDE_SHARE * swing.peak_ms());
}

bool StanceDetector::foot_flat(const MotionWindow &window, const Swing &swing, const Attitude &start,
                               bool sure_start, uint32_t dt_us) {
  const bool quiet = window.full() && window.slower(foot_flat_rate2_q4(swing, sure_start)) &&
                     (swing.time_us > to_us(p::STANCE_WINDOW_S) || !sure_start) &&
                     window.steady(carried() ? squared_accel_q18(p::CARRIED_ACCEL_SD)
                                             : squared_accel_q18(p::STANCE_ACCEL_SD));
  quiet_us_ = quiet ? quiet_us_ + dt_us : 0;
  if (!quiet) return false;
  return !sure_start || quiet_us_ >= to_us(p::STANCE_SURE_S) || !glides(window, swing, start);
}

/// A force pushes the foot, or has pushed it in this stance, and it does not turn: does it leave? On a belt
/// only a hard push says so; one that lasts says that it is still there.
bool StanceDetector::pushed_off_(int32_t push2_q16, uint32_t dt_us) {
  push_us_ += dt_us;
  static constexpr int32_t MOST_Q16 = squared_push_q16(p::FOOT_OFF_ACCEL);
  static constexpr int32_t MOST_CARRIED_Q16 = squared_push_q16(p::CARRIED_ACCEL);
  if (push2_q16 > (carried() ? MOST_CARRIED_Q16 : MOST_Q16)) return true;
  if (carried() && push_us_ > to_us(p::CARRIED_AGAIN_S)) carried_us_ = to_us(p::CARRIED_MEMORY_S);
  return false;
}

void StanceDetector::begin_stance(const Whole3 &accel_q18g) {
  standing_ = true;
  accel_q18g_ = accel_q18g;
  stance_us_ = 0;
  push_us_ = 0;
}

void StanceDetector::set_foot_off(const Swing &swing, bool sure_start) {
  foot_off_q9dps_ =
      static_cast<uint32_t>(dps_of_rate2(foot_flat_rate2_q4(swing, sure_start)) * (1 << RATE_BITS));
}

}  // namespace esphome::retrostep
