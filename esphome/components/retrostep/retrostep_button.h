#pragma once

#include "esphome/core/defines.h"
#ifdef USE_BUTTON

#include "esphome/components/button/button.h"
#include "retrostep.h"

namespace esphome::retrostep {

/// "I walk 8 steps forward now."
class CalibrateButton : public button::Button {
 public:
  void set_pod(Pod *pod) { this->pod_ = pod; }

 protected:
  void press_action() override { this->pod_->calibrate(); }

  Pod *pod_{nullptr};
};

/// "I walk 3 m backward next."
class ThreeMetresButton : public button::Button {
 public:
  void set_pod(Pod *pod) { this->pod_ = pod; }

 protected:
  void press_action() override { this->pod_->start_three_metres(); }

  Pod *pod_{nullptr};
};

}  // namespace esphome::retrostep

#endif
