#pragma once

#include <functional>
#include <optional>

#include "esphome/components/retrostep/retrostep.h"
#include "esphome/core/automation.h"
#include "esphome/core/component.h"
#include "esphome/core/preferences.h"
#include "power_plan.h"

namespace esphome::pod_power {

/// Follows the plan. What its orders mean on a board, the automations of the configuration say.
class PodPower : public Component {
 public:
  void setup() override;
  void dump_config() override;
  void on_shutdown() override;
  /// After the pod, before the network.
  float get_setup_priority() const override { return setup_priority::DATA; }

  void set_pod(retrostep::Pod *pod) { this->pod_ = pod; }
  void set_profile(PowerProfile profile) { this->profile_ = profile; }
  void set_interval_s(uint32_t interval_s) { this->interval_s_ = interval_s; }
  /// Why the pod runs; to be set before it is set up.
  void set_wake(Wake wake) { this->wake_ = wake; }
  /// Has motion wake the pod from now on; says whether that is certain.
  void set_arm_wake(std::function<bool()> &&arm) { this->arm_wake_ = std::move(arm); }
  /// Stay awake and in reach.
  void set_stay_awake(bool stay) { this->stay_awake_ = stay; }

  Trigger<> *get_radio_on_trigger() { return &this->radio_on_; }
  Trigger<> *get_radio_off_trigger() { return &this->radio_off_; }
  /// With the most seconds to sleep; 0: until the foot moves.
  Trigger<uint32_t> *get_sleep_trigger() { return &this->sleep_; }

 protected:
  void step_();
  void turn_radio_off_();

  retrostep::Pod *pod_{nullptr};
  PowerProfile profile_{PowerProfile::BALANCED};
  uint32_t interval_s_{900};
  Wake wake_{Wake::START};
  bool stay_awake_{false};
  bool radio_{false};
  bool worn_{false};
  bool asleep_{false};
  std::function<bool()> arm_wake_;
  std::optional<pod_power::PowerPlan> plan_;
  ESPPreferenceObject memory_;
  ESPPreferenceObject clock_;
  ESPPreferenceObject sensor_;
  Trigger<> radio_on_;
  Trigger<> radio_off_;
  Trigger<uint32_t> sleep_;
};

}  // namespace esphome::pod_power
