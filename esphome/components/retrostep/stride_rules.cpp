#include "stride_rules.h"

#include "stride_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

Evidence evidence_of(const RawStride &raw) {
  const float seconds = to_s(static_cast<uint32_t>(raw.end_us - raw.start_us));
  if (raw.length_m < std::max(p::STRIDE_MIN_M, raw.unsure_m) || raw.length_m > p::STRIDE_MAX_M)
    return Evidence::NO_STRIDE;
  if (seconds < p::STRIDE_MIN_S || seconds > p::STRIDE_MAX_S) return Evidence::NO_STRIDE;
  const float drift_ms = std::max(p::STRIDE_MAX_DRIFT * seconds, p::STRIDE_MAX_DRIFT_SHARE * raw.peak_ms);
  if (raw.residual_ms > (raw.bridged ? p::BRIDGED_SLACK * drift_ms : drift_ms)) return Evidence::NO_STRIDE;
  if (std::fabs(raw.climb_m) > p::STRIDE_MAX_DZ_M) return Evidence::NO_STRIDE;
  const bool stayed =
      raw.peak_dps < p::BRIDGED_DRIFT_DPS && raw.residual_ms > p::BRIDGED_DRIFT_SHARE * raw.peak_ms;
  if (raw.bridged && stayed) return Evidence::NO_STRIDE;
  if (raw.tilt_cos < p::STRIDE_TILT_COS) return Evidence::NO_STRIDE;
  const bool swung = !raw.bridged && raw.residual_ms > p::PENDULUM_MS &&
                     seconds * raw.residual_ms > p::PENDULUM_S * raw.peak_ms;
  const uint32_t yaw = turn_size(raw.yaw);
  const bool unsure = swung || raw.residual_ms > drift_ms || raw.unsure_m > p::PROOF_UNSURE * raw.length_m;
  if (unsure || yaw > turns(p::TURN_MOST_DEG)) return Evidence::UNSURE;
  return yaw > turns(p::TURN_YAW_DEG) ? Evidence::TURN : Evidence::STRIDE;
}

}  // namespace esphome::retrostep
