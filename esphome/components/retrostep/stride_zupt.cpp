#include "stride_zupt.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

constexpr float RATE2_PER_DPS2 = 1 << 4;  // as in squared_rate_q4()

constexpr float sq(float v) {
  return v * v;
}

}  // namespace

bool gravity_holds(const Swing &swing) {
  if (swing.time_us <= to_us(p::ZUPT_MIN_S)) return false;
  const float seconds = swing.seconds();
  const Vec3 sum_ms = swing.force_time_ms();
  const float size_ms = sum_ms.norm();
  return std::fabs(size_ms - seconds * GRAVITY) < seconds * p::GUESS_ACCEL_ERROR &&
         sum_ms.z > size_ms * p::GUESS_TILT_COS;
}

/// The units follow the swing's peaks: a slow foot rests more quietly.
void ZuptSearch::set_units_(const Swing &swing) {
  static constexpr float FORCE2_UNIT = sq(GRAVITY) / (1 << 22);  // (m/s²)²
  const float peak_ms = swing.peak_ms();
  const float rate_dps = std::min(p::ZUPT_DPS, p::ZUPT_DPS_BASE + p::ZUPT_DPS_SHARE * swing.peak_dps());
  const float accel = std::min(p::ZUPT_ACCEL, p::ZUPT_ACCEL_BASE + p::ZUPT_ACCEL_PER_MS * peak_ms);
  const float speed_ms = p::ZUPT_SPEED_BASE + p::ZUPT_SPEED_SHARE * peak_ms;
  const float most_ms = p::ZUPT_SPEED_BASE + p::ZUPT_SPEED_MAX * peak_ms;
  units_.per_rate2_q4 = 1.0f / (RATE2_PER_DPS2 * sq(rate_dps));
  units_.per_force2_q22 = FORCE2_UNIT / sq(accel);
  units_.per_speed2 = 1.0f / sq(speed_ms);
  units_.most_speed2_q24 = static_cast<uint32_t>(nearest(sq(most_ms) * (1.0f / SPEED2_UNIT)));
  units_.of_rate2_q4 = swing.peak_rate2_q4;
  units_.of_speed2_q24 = swing.peak_speed2_q24;
}

/// The statistic without the speed's part.
float ZuptSearch::rest_statistic_(const MotionWindow &window, const Swing &swing, Zupt start,
                                  const Whole3 &accel_q18g, const Whole3 &rate_q9dps) const {
  const auto rate2_q4 = static_cast<float>(squared_rate_q4(rate_q9dps));
  if (!sure(start)) {  // neither attitude nor speed is known: size and variance of the force
    const float force = accel_q18g.real(ACCEL_UNIT).norm();
    return rate2_q4 * (1.0f / static_cast<float>(squared_rate_q4(p::ZUPT_DPS))) +
           (sq(force - GRAVITY) + window.accel_var()) * (1.0f / sq(p::ZUPT_ACCEL));
  }
  static constexpr int32_t ONE_Q21 = 1 << FORCE_BITS, MOST_Q21 = 8 * ONE_Q21;  // 8 g: far from rest
  const Whole3 force_q21g = swing.attitude.rotate_half(accel_q18g << 4);
  const auto q27 = [](int32_t q21) { return std::clamp(q21, -MOST_Q21, MOST_Q21) << 6; };
  const Whole3 off_q27g{q27(force_q21g.x), q27(force_q21g.y), q27(force_q21g.z - ONE_Q21)};
  const auto off2_q22 = static_cast<float>(off_q27g.dot(off_q27g));
  return rate2_q4 * units_.per_rate2_q4 + off2_q22 * units_.per_force2_q22;
}

bool ZuptSearch::look(const MotionWindow &window, const Swing &swing, Zupt start, const Whole3 &bias_q9dps,
                      uint64_t now_us) {
  const float of_speed = sure(start) ? swing.velocity_ms().norm2() * units_.per_speed2 : 0;
  if (of_speed >= statistic_) return false;
  const MotionWindow::Span now = window.wide();
  const Whole3 accel_q18g = window.mean_accel_q18g(now);
  const Whole3 rate_q9dps = window.mean_rate_q9dps(now) - bias_q9dps;
  const float statistic = of_speed + rest_statistic_(window, swing, start, accel_q18g, rate_q9dps);
  if (statistic >= statistic_) return false;
  found_ = true;
  instant_.swing = swing;
  instant_.accel_q18g = accel_q18g;
  instant_.rate_q9dps = rate_q9dps;
  instant_.at_us = now_us;
  statistic_ = statistic;
  age_us_ = 0;
  since_rate2_q4_ = since_speed2_q24_ = 0;
  return true;
}

void ZuptSearch::restart(Swing &swing, const Attitude &fix) const {
  const Swing &until = instant_.swing;
  swing.time_us -= until.time_us;
  swing.restart_since(until.position_q23gs2, until.velocity_q23gs, swing.seconds(), fix);
  swing.attitude = fix * swing.attitude;
  swing.attitude.straighten();
  swing.gap_us = swing.gap_us > until.time_us ? swing.gap_us - until.time_us : 0;
  swing.peak_rate2_q4 = since_rate2_q4_;
  swing.peak_speed2_q24 = since_speed2_q24_;
}

}  // namespace esphome::retrostep
