#pragma once

#include <functional>

#include "esphome/components/output/float_output.h"
#include "esphome/core/component.h"
#include "sound_plan.h"

namespace esphome::pod_feedback {

/// Plays what the plan says on a buzzer (pulse-width output) or an LED, where a tone is a flash.
///
/// Everything happens in timers of the main loop that take microseconds; nothing waits.
class PodFeedback : public Component {
 public:
  void setup() override { this->output_->set_level(0.0f); }
  void dump_config() override;
  void on_shutdown() override { this->output_->set_level(0.0f); }

  void set_output(output::FloatOutput *output) { this->output_ = output; }
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
  /// Sounds what is due and waits for the next change.
  void update_();

  output::FloatOutput *output_{nullptr};
  std::function<void(bool)> on_sound_;
  pod_feedback::SoundPlan plan_;
  uint16_t frequency_hz_{0};  ///< being sounded; 0: nothing
};

}  // namespace esphome::pod_feedback
