#pragma once

#include "esphome/components/retrostep/sample_clock.h"
#include "esphome/core/component.h"

namespace esphome::virtual_clock {

/// Watches for the end of the recording and stalls the main loop now and then.
class VirtualClock : public Component {
 public:
  explicit VirtualClock(retrostep::SampleClock *played) : played_(played) {}
  void setup() override;
  void loop() override;
  float get_setup_priority() const override { return setup_priority::BUS; }

 protected:
  retrostep::SampleClock *played_;
  uint32_t ended_ms_{0};
};

}  // namespace esphome::virtual_clock
