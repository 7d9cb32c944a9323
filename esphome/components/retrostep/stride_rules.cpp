#include "stride_rules.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

Evidence evidence_of(const RawStride &raw) {
  const float seconds = to_s(static_cast<uint32_t>(raw.end_us - raw.start_us));
  if (raw.length_m < std::max(p::kStrideMinM, raw.unsure_m) || raw.length_m > p::kStrideMaxM)
    return Evidence::kNoStride;
  if (seconds < p::kStrideMinS || seconds > p::kStrideMaxS) return Evidence::kNoStride;
  const float drift_ms = std::max(p::kStrideMaxDrift * seconds, p::kStrideMaxDriftShare * raw.peak_ms);
  if (raw.residual_ms > (raw.bridged ? p::kBridgedSlack * drift_ms : drift_ms)) return Evidence::kNoStride;
  if (std::fabs(raw.climb_m) > p::kStrideMaxDzM) return Evidence::kNoStride;
  const bool stayed =
      raw.peak_dps < p::kBridgedDriftDps && raw.residual_ms > p::kBridgedDriftShare * raw.peak_ms;
  if (raw.bridged && stayed) return Evidence::kNoStride;
  if (raw.tilt_cos < p::kStrideTiltCos) return Evidence::kNoStride;
  const float yaw_deg = static_cast<float>(raw.yaw) * kDegPerTurn;
  const bool turns = std::fabs(yaw_deg) > p::kTurnYawDeg || raw.residual_ms > drift_ms;
  return turns ? Evidence::kTurn : Evidence::kStride;
}

}  // namespace retrostep
