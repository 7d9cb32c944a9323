#pragma once

#include <functional>

#include "esphome/components/output/float_output.h"
#include "esphome/core/component.h"
#include "esphome/core/defines.h"
#include "sign_plan.h"
#include "sound_plan.h"
#ifdef USE_SENSOR
#include "esphome/components/sensor/sensor.h"
#endif

namespace esphome::pod_feedback {

/// Plays what the plan says on a buzzer (pulse-width output) or an LED, where a tone is a flash.
///
/// Everything happens in timers of the main loop that take microseconds; nothing waits.
class PodFeedback : public Component {
 public:
  void setup() override;
  void dump_config() override;
  void on_shutdown() override { this->output_->set_level(0.0f); }

  void set_output(output::FloatOutput *output) { this->output_ = output; }
  /// The output is an LED, and says when Home Assistant is not reached or the cell is low.
  void set_signs(bool signs) { this->signs_ = signs; }
#ifdef USE_SENSOR
  void set_battery_level(sensor::Sensor *level) { this->battery_level_ = level; }
#endif
  /// Told when a tone begins and when none sounds any more.
  void set_on_sound(std::function<void(bool)> &&on_sound) { this->on_sound_ = std::move(on_sound); }

  /// Turns the metronome on, from this moment, or off.
  void set_metronome(bool on);
  /// \param rate_per_min beats a minute, one a step
  void set_rate(float rate_per_min);
  void set_muted(bool muted);
  /// Asks the wearer to get up.
  void remind();
  /// The goal is reached.
  void celebrate();
  /// Ready, set, go.
  void signal_start();

 protected:
  static uint64_t clock_us();
  /// Flashes the sign of now, if there is one and nothing is to be heard.
  void sign_();
  /// Sounds what is due and waits for the next change.
  void update_();

  output::FloatOutput *output_{nullptr};
  std::function<void(bool)> on_sound_;
  pod_feedback::SoundPlan plan_;
  pod_feedback::SignPlan sign_plan_;
  bool signs_{false};
#ifdef USE_SENSOR
  sensor::Sensor *battery_level_{nullptr};
#endif
  uint16_t frequency_hz_{0};  ///< being sounded; 0: nothing
};

}  // namespace esphome::pod_feedback
