#include "stride_accel_offset.h"

#include "stride_parameters.h"
#include "stride_tilt.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

constexpr float ONE_G = 1 << ACCEL_BITS;

/// A direction in the pod's axes.
Vec3 in_pod(const Attitude &attitude, const Vec3 &v) {
  return attitude.conjugate().rotate_half(Whole3::of(v, 1 << FORCE_BITS)).real(2.0f / (1 << FORCE_BITS));
}

}  // namespace

void AccelOffset::assume(const Whole3 &q18g) {
  if (q18g.real(1.0f / ONE_G).norm() < p::ACCEL_OFFSET_MAX_G * 1.01f) offset_q18g_ = q18g;
}

Whole3 AccelOffset::learn_at_rest(const Whole3 &accel_q18g, uint32_t rest_us) {
  if (rest_us < to_us(p::ACCEL_OFFSET_REST_S)) return {};
  const Vec3 accel_g = accel_q18g.real(1.0f / ONE_G);
  const float size_g = accel_g.norm(), off_g = size_g - 1.0f;
  if (std::fabs(off_g) < p::ACCEL_OFFSET_MIN_G) return {};
  const float read_g = (accel_q18g + offset_q18g_).real(1.0f / ONE_G).norm();
  if (std::fabs(read_g - 1.0f) > p::ACCEL_OFFSET_MAX_G) return {};  // broken
  return move_(accel_g * (off_g / size_g));
}

/// Normalized least mean squares: half of what would explain all of it, along what the turn shows.
Whole3 AccelOffset::learn_from_turn(const Attitude &start, const Attitude &end, const Whole3 &accel_q18g) {
  Vec3 off_g = force_g(end, accel_q18g);
  off_g.z = 0;
  const float off2 = off_g.norm2();
  if (off2 < p::ACCEL_OFFSET_TURN_MIN_G * p::ACCEL_OFFSET_TURN_MIN_G) return {};
  const Vec3 turned_g = in_pod(end, off_g) - in_pod(start, off_g);
  const float share = turned_g.norm2() / off2;  // (twice the sine of half the turn)², across gravity
  if (share < p::ACCEL_OFFSET_TURN_SHARE) return {};
  const Vec3 by_g = turned_g * (p::ACCEL_OFFSET_GAIN / share);
  return move_(by_g * std::min(1.0f, p::ACCEL_OFFSET_STEP_G / by_g.norm()));
}

/// Not beyond the most, from where later rests and turns would not lead back.
Whole3 AccelOffset::move_(const Vec3 &by_g) {
  const Whole3 before_q18g = offset_q18g_;
  const Vec3 to_g = before_q18g.real(1.0f / ONE_G) + by_g;
  const float size_g = to_g.norm();
  offset_q18g_ = Whole3::of(to_g * (p::ACCEL_OFFSET_MAX_G / std::max(p::ACCEL_OFFSET_MAX_G, size_g)), ONE_G);
  return offset_q18g_ - before_q18g;
}

}  // namespace esphome::retrostep
