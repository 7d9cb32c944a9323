#include "stride_core.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

bool finite(const Sample &s) {
  return std::all_of(s.accel_g, s.accel_g + 3, [](float v) { return std::isfinite(v); }) &&
         std::all_of(s.gyro_dps, s.gyro_dps + 3, [](float v) { return std::isfinite(v); });
}

}  // namespace

void StrideCore::add(const Sample &sample) {
  if (!finite(sample)) return;
  const Arrival arrival = clock_.arrive(sample.time_us);
  if (arrival == Arrival::kRefused) return;
  const Vec3 accel = Vec3{sample.accel_g[0], sample.accel_g[1], sample.accel_g[2]} * kGravity;
  const Vec3 gyro = Vec3{sample.gyro_dps[0], sample.gyro_dps[1], sample.gyro_dps[2]} * kRadPerDeg;
  if (arrival == Arrival::kFirst) {
    tick_ = {};
    tick_bridged_ = false;
    detector_.lose();
  } else {
    const float dt = clock_.dt_s();
    tick_.dt_s += dt;
    tick_.accel += (accel + last_accel_) * (0.5f * dt);
    tick_.gyro += (gyro + last_gyro_) * (0.5f * dt);
    tick_bridged_ |= arrival == Arrival::kBridged;
    if (tick_.dt_s > p::kTickS) end_tick();
  }
  last_accel_ = accel;
  last_gyro_ = gyro;
}

void StrideCore::end_tick() {
  const float share = 1.0f / tick_.dt_s;
  const Tick tick{tick_.dt_s, tick_.accel * share, tick_.gyro * share};
  RawStride raw;
  if (detector_.add(tick, now_us(), tick_bridged_, raw)) judge(raw);
  streak_.pass(now_us());
  tick_ = {};
  tick_bridged_ = false;
}

void StrideCore::finish() {
  streak_.finish();
}

/// Direction and length of a raw stride; what can't be a step is dropped here.
void StrideCore::judge(const RawStride &raw) {
  const float seconds = static_cast<float>(raw.end_us - raw.start_us) * 1e-6f;
  const float length_m = std::hypot(raw.displacement.x, raw.displacement.y);
  const float yaw_deg = raw.yaw_rad * kDegPerRad;
  if (length_m < p::kStrideMinM || length_m > p::kStrideMaxM) return;
  if (seconds < p::kStrideMinS || seconds > p::kStrideMaxS) return;
  if (raw.residual_ms > p::kStrideMaxDrift * seconds) return;
  if (std::fabs(raw.displacement.z) > p::kStrideMaxDzM) return;

  const float heading = std::atan2(raw.displacement.y, raw.displacement.x) - 0.5f * raw.yaw_rad;
  const float angle_deg = wrap_angle(heading) * kDegPerRad;
  const float off_deg = std::fabs(angle_deg);
  Candidate c{};
  c.turn = std::fabs(yaw_deg) > p::kStrongYawDeg;
  c.strong = !c.turn && std::fabs(raw.displacement.z) <= p::kStrongDzM;
  c.stride.start_us = raw.start_us;
  c.stride.end_us = raw.end_us;
  c.stride.direction = off_deg < p::kForwardDeg    ? Direction::kForward
                       : off_deg > p::kBackwardDeg ? Direction::kBackward
                       : angle_deg > 0             ? Direction::kLeft
                                                   : Direction::kRight;
  c.stride.length_m = length_m;
  c.stride.yaw_deg = yaw_deg;
  c.stride.dz_m = raw.displacement.z;
  c.stride.peak_dps = raw.peak_dps;
  c.stride.length_valid = !raw.bridged;
  streak_.add(c);
}

void StrideCore::use_known_mounting() {}
void StrideCore::use_mounting(const Mounting &) {}
void StrideCore::find_mounting() {}
void StrideCore::calibrate_forward() {}
bool StrideCore::mounting(Mounting &) const {
  return false;
}
float StrideCore::direction_confidence() const {
  return 1.0f;
}

}  // namespace retrostep
