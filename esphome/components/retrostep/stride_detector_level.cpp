/// Where up is: what stances, and whole walks, tell about the attitude and about what made it drift.

#include "stride_detector.h"
#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

/// Takes the small turns of the stance into the attitude and levels it: by sines instead of angles.
void StrideDetector::follow_stance() {
  constexpr uint32_t kLevelUs = to_us(p::kLevelS);
  static constexpr auto kMost = static_cast<int32_t>(0.8f * (1 << 21));
  Attitude &attitude = swing_.attitude;
  attitude.turn(stance_turn_ << 5);
  const Whole3 seen = attitude.rotate_half(stance_accel_ << 4);  // 2^-21 g
  const auto gain_q31 = static_cast<int32_t>(std::min(unfollowed_us_, kLevelUs) * (0x7fffffff / kLevelUs));
  const auto half_q32 = [gain_q31](int32_t sine) {
    return high(std::clamp(sine, -kMost, kMost) << 10, gain_q31) * 2;
  };
  const Whole3 half{half_q32(seen.y), half_q32(-seen.x), 0};
  attitude.turn_after(half);
  if (stance_us_ < to_us(p::kDriftStanceMaxS)) levelled_.run_on(half >> 4);
  attitude.straighten();
  stance_turn_ = {};
  unfollowed_us_ = 0;
}

/// What a walk had to be levelled by, stride after stride, is what the gyroscope's bias turned it meanwhile:
/// how a walk without rest shows it. A stance too short to be levelled in tells nothing.
void StrideDetector::learn_drift() {
  constexpr float kUnit = 1.0f / (1 << 27), kMuch = p::kDriftMuchDeg * kRadPerDeg;
  const float turn2 = levelled_.real(kUnit).norm2();
  if (drifts_ && stance_us_ >= to_us(p::kDriftStanceMinS) && turn2 < 1.0f) {
    const Vec3 turned = swing_.attitude.conjugate().rotate_half(levelled_).real(2.0f * kUnit);
    const float share = kMuch * kMuch / (kMuch * kMuch + turn2);  // much is rather a foot that did not rest
    fine_bias_ -= Whole3::of(turned * share, kDegPerRad * (1 << (kRateBits + kBiasBits)) / p::kDriftS);
    const auto within = [](int32_t v) {
      constexpr auto kMost = static_cast<int32_t>(p::kDriftMaxDps * (1 << (kRateBits + kBiasBits)));
      return std::clamp(v, -kMost, kMost);
    };
    fine_bias_ = {within(fine_bias_.x), within(fine_bias_.y), within(fine_bias_.z)};
  }
  levelled_ = {};
}

/// At rest, gravity shows the turn that a gap hid: everything since the gap is turned back by `level`. True
/// if that explains the speed left over, too.
bool StrideDetector::straighten_gap(const Attitude &level) {
  Swing s = swing_;
  s.turn_since(gap_.position, gap_.velocity, to_s(s.time_us - gap_.time_us), level);
  s.velocity.run_on(gap_.velocity);
  if (s.velocity_ms().norm2() >= swing_.velocity_ms().norm2()) return false;
  const Vec3 before = gap_.velocity.real(kSpeedUnit) * to_s(s.time_us - gap_.time_us);
  s.position.run_on(gap_.position);
  s.position.run_on(Whole3::of(before, 1.0f / kSpeedUnit));
  s.attitude = level * s.attitude;
  swing_ = s;
  return true;
}

}  // namespace retrostep
