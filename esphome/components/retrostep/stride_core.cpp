#include "stride_core.h"

namespace retrostep {

void StrideCore::add(const Sample &) {}
void StrideCore::finish() {}
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
