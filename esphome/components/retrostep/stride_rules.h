#pragma once
/// What a foot can't do while it walks: rules about a raw stride on its own.

#include "stride_measurement.h"

namespace esphome::retrostep {

enum class Evidence : uint8_t {
  NO_STRIDE,  ///< can't be a step: too short, too long, too far off
  UNSURE,     ///< may be one, but proves nothing: joins the bout it stands in
  TURN,       ///< turns too far to name a direction: joins a bout, and proves that it walks
  STRIDE,     ///< walks
};

Evidence evidence_of(const RawStride &raw);

}  // namespace esphome::retrostep
