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
  const float yaw_deg = static_cast<float>(raw.yaw) * DEG_PER_TURN;
  const bool swung =
      seconds > p::PENDULUM_S && raw.residual_ms > std::max(p::PENDULUM_MS, p::PENDULUM_SHARE * raw.peak_ms);
  const bool turns = std::fabs(yaw_deg) > p::TURN_YAW_DEG || raw.residual_ms > drift_ms || swung ||
                     raw.unsure_m > p::PROOF_UNSURE * raw.length_m;
  return turns ? Evidence::TURN : Evidence::STRIDE;
}

}  // namespace esphome::retrostep
