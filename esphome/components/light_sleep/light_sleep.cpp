#include "light_sleep.h"

#include <cinttypes>

#include "esphome/core/application.h"
#include "esphome/core/log.h"

namespace esphome::light_sleep {

static const char *const TAG = "light_sleep";

void LightSleep::setup() {
  if (this->imu_ == nullptr) return;
  this->configure_();
  App.set_loop_interval(LOOP_MS);
  this->imu_->stop_poller();
  this->look_();
}

void LightSleep::look_() {
  // It watches for motion now, and the processor is about to sleep for good.
  if (this->pod_->sensor_left()) return;
  this->imu_->update();
  App.wake_loop_threadsafe();
  const bool rests = this->pod_->rest_s() >= RESTS_S;
  this->set_timeout("look", rests ? RESTING_MS : MOVING_MS, [this]() { this->look_(); });
}

void LightSleep::configure_() {
#ifdef USE_ESP32
  // As slow as the crystal while something is to do that needs no more.
  static constexpr int CRYSTAL_MHZ = 40;
  const esp_pm_config_t config{
      .max_freq_mhz = this->clock_mhz_, .min_freq_mhz = CRYSTAL_MHZ, .light_sleep_enable = true};
  this->result_ = esp_pm_lock_create(ESP_PM_NO_LIGHT_SLEEP, 0, "sound", &this->lock_);
  if (this->result_ == ESP_OK) this->result_ = esp_pm_configure(&config);
  if (this->result_ != ESP_OK) this->status_set_warning(LOG_STR("The chip does not sleep"));
#endif
}

void LightSleep::keep_awake_(bool awake) {
  if (awake == this->awake_) return;
  this->awake_ = awake;
#ifdef USE_ESP32
  if (this->lock_ == nullptr) return;
  if (awake) {
    esp_pm_lock_acquire(this->lock_);
  } else {
    esp_pm_lock_release(this->lock_);
  }
#endif
}

void LightSleep::dump_config() {
  if (this->imu_ == nullptr) return;
  ESP_LOGCONFIG(TAG, "Light sleep: a look every %" PRIu32 " ms, %" PRIu32 " ms at rest", MOVING_MS,
                RESTING_MS);
#ifdef USE_ESP32
  if (this->result_ != ESP_OK) {
    ESP_LOGE(TAG, "  ESP-IDF refused: %d", static_cast<int>(this->result_));
  }
#endif
}

}  // namespace esphome::light_sleep
