#include "pod_feedback.h"

#include <algorithm>
#include <cmath>

#include "esphome/core/hal.h"
#include "esphome/core/log.h"
#ifdef USE_API
#include "esphome/components/api/api_server.h"
#endif
#ifdef USE_WIFI
#include "esphome/components/wifi/wifi_component.h"
#endif

namespace esphome::pod_feedback {

static const char *const TAG = "pod_feedback";

static constexpr Note REMINDER[] = {{1500, 200}, {0, 100}, {1500, 200}, {0, 100}, {1500, 200}};
/// C6, E6, G6, C7.
static constexpr Note GOAL[] = {{1047, 120}, {0, 30}, {1319, 120}, {0, 30},
                                {1568, 120}, {0, 30}, {2093, 350}};
/// Ready, set, go: a second apart.
static constexpr Note START[] = {{1047, 150}, {0, 850}, {1047, 150}, {0, 850}, {2093, 400}};
/// Flashes of an LED; what their tone is nobody sees.
static constexpr Note UNREACHED[] = {{1000, 30}};
static constexpr Note BATTERY_LOW[] = {{1000, 30}, {0, 270}, {1000, 30}};
/// A square wave; of an LED half its light.
static constexpr float LEVEL = 0.5f;

uint64_t PodFeedback::clock_us() {
  return millis_64() * 1000;
}

void PodFeedback::setup() {
  this->output_->set_level(0.0f);
  if (this->signs_) this->set_interval("sign", SignPlan::EVERY_MS, [this]() { this->sign_(); });
}

void PodFeedback::sign_() {
  bool seeks = true, reached = true;
  float battery_percent = NAN;
#ifdef USE_WIFI
  seeks = !wifi::global_wifi_component->is_disabled();
#endif
#ifdef USE_API
  reached = api::global_api_server->is_connected_with_state_subscription();
#endif
#ifdef USE_SENSOR
  if (this->battery_level_ != nullptr) battery_percent = this->battery_level_->state;
#endif
  const Sign sign = this->sign_plan_.look(millis(), seeks, reached, battery_percent);
  const uint64_t now_us = clock_us();
  if (sign == Sign::NONE || this->plan_.at(now_us).until_us != SoundPlan::NEVER) return;
  if (sign == Sign::BATTERY_LOW) {
    this->plan_.play(now_us, BATTERY_LOW);
  } else {
    this->plan_.play(now_us, UNREACHED);
  }
  this->update_();
}

void PodFeedback::set_metronome(bool on) {
  if (on == this->plan_.ticking()) return;
  if (on) {
    this->plan_.start_metronome(clock_us());
  } else {
    this->plan_.stop_metronome();
  }
  this->update_();
}

void PodFeedback::set_rate(float rate_per_min) {
  this->plan_.set_rate(clock_us(), static_cast<uint32_t>(std::max(std::lround(rate_per_min), 1L)));
  this->update_();
}

void PodFeedback::set_muted(bool muted) {
  this->plan_.set_muted(muted);
  this->update_();
}

void PodFeedback::remind() {
  ESP_LOGI(TAG, "Reminder");
  this->plan_.play(clock_us(), REMINDER);
  this->update_();
}

void PodFeedback::celebrate() {
  ESP_LOGI(TAG, "Goal tune");
  this->plan_.play(clock_us(), GOAL);
  this->update_();
}

void PodFeedback::signal_start() {
  ESP_LOGI(TAG, "Start signal");
  this->plan_.play(clock_us(), START);
  this->update_();
}

void PodFeedback::update_() {
  const uint64_t now_us = clock_us();
  const auto [frequency_hz, until_us] = this->plan_.at(now_us);
  if (frequency_hz != this->frequency_hz_) {
    this->frequency_hz_ = frequency_hz;
    if (this->on_sound_) this->on_sound_(frequency_hz != 0);
    if (frequency_hz != 0) this->output_->update_frequency(static_cast<float>(frequency_hz));
    this->output_->set_level(frequency_hz != 0 ? LEVEL : 0.0f);
  }
  if (until_us == SoundPlan::NEVER) {
    this->cancel_timeout("change");
    return;
  }
  const auto wait_ms = static_cast<uint32_t>((until_us - now_us + 999) / 1000);
  this->set_timeout("change", wait_ms, [this]() { this->update_(); });
}

void PodFeedback::dump_config() {
  ESP_LOGCONFIG(TAG, "Pod feedback: signs on an LED: %s", YESNO(this->signs_));
}

}  // namespace esphome::pod_feedback
