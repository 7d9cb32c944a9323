#pragma once

#include "esphome/components/retrostep/retrostep.h"
#include "esphome/core/component.h"
#include "esphome/core/defines.h"
#ifdef USE_POD_FEEDBACK
#include "esphome/components/pod_feedback/pod_feedback.h"
#endif
#ifdef USE_ESP32
#include <esp_pm.h>
#endif

namespace esphome::light_sleep {

/// Has ESP-IDF put the chip to light sleep whenever nothing is to do, and the main loop do little: it looks
/// at the IMU and runs its components in one turn, as often as the foot needs.
///
/// Wi-Fi, the I²C bus and the converter keep the chip awake by themselves while they need it; a tone does
/// not.
class LightSleep : public Component {
 public:
  /// Between two looks while the foot moves: a stride is told within twice that.
  static constexpr uint32_t MOVING_MS = 200;
  /// While it rests.
  static constexpr uint32_t RESTING_MS = 500;
  /// A foot that rests for so long stays where it is for a while.
  static constexpr float RESTS_S = 10.0f;
  /// The loop of components runs with each look; by itself only so that none is forgotten.
  static constexpr uint32_t LOOP_MS = 2000;

  void setup() override;
  void dump_config() override;
  /// After the IMU and the pod.
  float get_setup_priority() const override { return setup_priority::PROCESSOR; }

  void set_pod(retrostep::Pod *pod) { this->pod_ = pod; }
  void set_imu(PollingComponent *imu) { this->imu_ = imu; }
  void set_clock_mhz(int clock_mhz) { this->clock_mhz_ = clock_mhz; }
#ifdef USE_POD_FEEDBACK
  void set_feedback(pod_feedback::PodFeedback *feedback) {
    feedback->set_on_sound([this](bool sounds) { this->keep_awake_(sounds); });
  }
#endif

 protected:
  void configure_();
  /// One look, in one turn with the loops of all components; the next as soon as the foot needs.
  void look_();
  /// A tone's clock stops in light sleep.
  void keep_awake_(bool awake);

  retrostep::Pod *pod_{nullptr};
  PollingComponent *imu_{nullptr};
  int clock_mhz_{80};
  bool awake_{false};
#ifdef USE_ESP32
  esp_pm_lock_handle_t lock_{nullptr};
  esp_err_t result_{ESP_OK};
#endif
};

}  // namespace esphome::light_sleep
