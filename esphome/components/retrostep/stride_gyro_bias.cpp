#include "stride_gyro_bias.h"

#include "stride_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

void GyroBias::assume(const Whole3 &q16dps) {
  const float size_dps = q16dps.real(1.0f / (1 << BITS)).norm();
  if (size_dps < p::BIAS_MAX_DPS + p::DRIFT_MAX_DPS) rest_q16dps_ = bias_q16dps_ = q16dps;
}

uint32_t GyroBias::learn_at_rest(const MotionWindow &window, uint32_t dt_us) {
  if (!window.full() || !window.rate_within(squared_rate_q4(p::BIAS_SPREAD_DPS))) {
    rest_us_ = 0;
    return 0;
  }
  const Whole3 rate_q9dps = window.mean_rate_q9dps(window.wide());
  const bool rest = squared_rate_q4(rate_q9dps) < squared_rate_q4(p::BIAS_MAX_DPS) &&
                    window.even(squared_accel_q18(p::BIAS_ACCEL_SD));
  rest_us_ = rest ? rest_us_ + dt_us : 0;
  if (rest_us_ <= to_us(p::BIAS_REST_S)) return rest_us_;
  if (squared_rate_q4(rate_q9dps - q9dps()) > squared_rate_q4(p::BIAS_FAR_DPS)) {
    if (rest_us_ > to_us(p::BIAS_FAR_REST_S)) rest_q16dps_ = bias_q16dps_ = rate_q9dps << FINE_BITS;
    return rest_us_;
  }
  static constexpr auto GAIN_Q28 = static_cast<uint32_t>(p::BIAS_GAIN * (1 << 28) / 1e4f);  // per µs
  const auto gain_q28 = static_cast<int32_t>(dt_us * GAIN_Q28);
  const Whole3 off_q16dps = (rate_q9dps << FINE_BITS) - bias_q16dps_;
  bias_q16dps_ += (off_q16dps << 4).part(gain_q28);
  rest_q16dps_ = bias_q16dps_;
  return rest_us_;
}

/// A stance too short for its tilt correction tells nothing; much of it is rather a foot that did not rest.
void GyroBias::learn_from_tilt(const Attitude &attitude, uint32_t stance_us) {
  static constexpr float RAD_PER_UNIT = 1.0f / (1 << 27), MUCH = p::DRIFT_MUCH_DEG * RAD_PER_DEG;
  const float tilt2 = tilt_half_q28rad_.real(RAD_PER_UNIT).norm2();
  if (clean_tilt_ && stance_us >= to_us(p::DRIFT_STANCE_MIN_S) && tilt2 < 1.0f) {
    const Vec3 tilt_rad = attitude.conjugate().rotate_half(tilt_half_q28rad_).real(2.0f * RAD_PER_UNIT);
    const float share = MUCH * MUCH / (MUCH * MUCH + tilt2);
    bias_q16dps_ -= Whole3::of(tilt_rad * share, DEG_PER_RAD * (1 << BITS) / p::DRIFT_S);
    const auto within = [](int32_t v, int32_t rest) {
      static constexpr auto MOST = static_cast<int32_t>(p::DRIFT_MAX_DPS * (1 << BITS));
      return std::clamp(v, rest - MOST, rest + MOST);
    };
    bias_q16dps_ = {within(bias_q16dps_.x, rest_q16dps_.x), within(bias_q16dps_.y, rest_q16dps_.y),
                    within(bias_q16dps_.z, rest_q16dps_.z)};
  }
  tilt_half_q28rad_ = {};
}

}  // namespace esphome::retrostep
