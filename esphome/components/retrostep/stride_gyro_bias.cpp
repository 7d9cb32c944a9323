#include "stride_gyro_bias.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

void GyroBias::learn_at_rest(const MotionWindow &window, uint32_t dt_us) {
  if (!window.full() || !window.rate_within(squared_rate_q4(p::kBiasSpreadDps))) {
    rest_us_ = 0;
    return;
  }
  const Whole3 rate_q9dps = window.mean_rate_q9dps(window.wide());
  const bool rest = squared_rate_q4(rate_q9dps - q9dps()) < squared_rate_q4(p::kBiasMaxDps) &&
                    window.steady(squared_accel_q18(p::kBiasAccelSd));
  rest_us_ = rest ? rest_us_ + dt_us : 0;
  if (rest_us_ <= to_us(p::kBiasRestS)) return;
  constexpr auto kGain_q28 = static_cast<uint32_t>(p::kBiasGain * (1 << 28) / 1e4f);  // per µs
  const auto gain_q28 = static_cast<int32_t>(dt_us * kGain_q28);
  const Whole3 off_q16dps = (rate_q9dps << kFineBits) - bias_q16dps_;
  bias_q16dps_ += (off_q16dps << 4).part(gain_q28);
}

/// A stance too short for its tilt correction tells nothing; much of it is rather a foot that did not rest.
void GyroBias::learn_from_tilt(const Attitude &attitude, uint32_t stance_us) {
  constexpr float kRadPerUnit = 1.0f / (1 << 27), kMuch = p::kDriftMuchDeg * kRadPerDeg;
  const float tilt2 = tilt_half_q28rad_.real(kRadPerUnit).norm2();
  if (clean_tilt_ && stance_us >= to_us(p::kDriftStanceMinS) && tilt2 < 1.0f) {
    const Vec3 tilt_rad = attitude.conjugate().rotate_half(tilt_half_q28rad_).real(2.0f * kRadPerUnit);
    const float share = kMuch * kMuch / (kMuch * kMuch + tilt2);
    bias_q16dps_ -= Whole3::of(tilt_rad * share, kDegPerRad * (1 << kBits) / p::kDriftS);
    const auto within = [](int32_t v) {
      constexpr auto kMost = static_cast<int32_t>(p::kDriftMaxDps * (1 << kBits));
      return std::clamp(v, -kMost, kMost);
    };
    bias_q16dps_ = {within(bias_q16dps_.x), within(bias_q16dps_.y), within(bias_q16dps_.z)};
  }
  tilt_half_q28rad_ = {};
}

}  // namespace retrostep
