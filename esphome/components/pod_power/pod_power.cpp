#include "pod_power.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>

#include "esphome/components/api/api_server.h"
#include "esphome/core/hal.h"
#include "esphome/core/helpers.h"
#include "esphome/core/log.h"

namespace esphome::pod_power {

static const char *const TAG = "pod_power";

static constexpr uint32_t STEP_MS = 1000;
/// For the farewell to reach the client.
static constexpr uint32_t FAREWELL_MS = 500;

void PodPower::setup() {
  pod_power::PowerMemory memory;
  // In memory that sleep does not lose and power loss does: flash would wear.
  this->memory_ =
      global_preferences->make_preference<pod_power::PowerMemory>(fnv1_hash("pod_power"), /*in_flash=*/false);
  this->clock_ = global_preferences->make_preference<retrostep::ClockHistory::Record>(
      fnv1_hash("pod_power.clock"), /*in_flash=*/false);
  this->sensor_ = global_preferences->make_preference<retrostep::SensorErrors>(fnv1_hash("pod_power.sensor"),
                                                                               /*in_flash=*/false);
  if (!this->memory_.load(&memory) || this->wake_ == Wake::START) memory = {};
  this->plan_.emplace(this->profile_, this->interval_s_, memory, this->wake_);
  this->worn_ = memory.worn;
  if (this->wake_ != Wake::START) {
    this->pod_->assume_worn(memory.worn);
    retrostep::ClockHistory::Record record;
    if (this->clock_.load(&record)) this->pod_->resume_clock(record);
    retrostep::SensorErrors errors;
    if (this->sensor_.load(&errors)) this->pod_->assume_sensor_errors(errors);
  }
  this->set_interval("step", STEP_MS, [this]() { this->step_(); });
}

void PodPower::step_() {
  if (this->asleep_) return;
  const float rest_s = this->pod_->rest_s();
  const auto totals = this->pod_->totals();
  const auto order = this->plan_->step({
      .up_s = static_cast<uint32_t>(millis_64() / 1000),
      .epoch_s = this->pod_->epoch_s(),
      .still_s = static_cast<uint32_t>(std::clamp(rest_s, 0.0f, 1e9f)),
      .walking = this->pod_->walking(),
      .steps = totals.back + totals.fwd + totals.side,
      .waiting = this->pod_->unsynced(),
      .connected = api::global_api_server->is_connected_with_state_subscription(),
      .stay_awake = this->stay_awake_,
      .fault = this->pod_->sensor_failed(),
  });
  const bool worn = this->plan_->memory().worn;
  if (worn != this->worn_ && this->profile_ == PowerProfile::ENDURANCE) this->pod_->assume_worn(worn);
  this->worn_ = worn;
  if (order.radio != this->radio_) {
    this->radio_ = order.radio;
    ESP_LOGI(TAG, "Radio %s", ONOFF(order.radio));
    if (order.radio) {
      this->cancel_timeout("farewell");
      this->radio_on_.trigger();
    } else {
      this->turn_radio_off_();
    }
  }
  if (order.sleep) {
    this->pod_->leave_sensor();
    const bool armed = this->arm_wake_ && this->arm_wake_();
    const uint32_t for_s = this->plan_->sleep_for_s(order.for_s, armed);
    ESP_LOGI(TAG, "Sleeping, for %" PRIu32 " s at most (0: until the foot moves)", for_s);
    this->asleep_ = true;
    this->sleep_.trigger(for_s);
  }
}

void PodPower::turn_radio_off_() {
  // Home Assistant keeps the entities of a pod that says goodbye.
  for (auto &client : api::global_api_server->active_clients()) {
    if (!client->send_message(api::DisconnectRequest{})) {
      ESP_LOGD(TAG, "A client was not told");
    }
  }
  this->set_timeout("farewell", FAREWELL_MS, [this]() { this->radio_off_.trigger(); });
}

void PodPower::on_shutdown() {
  if (!this->plan_) return;
  const pod_power::PowerMemory memory = this->plan_->memory();
  this->memory_.save(&memory);
  const retrostep::ClockHistory::Record record = this->pod_->clock_record();
  this->clock_.save(&record);
  const retrostep::SensorErrors errors = this->pod_->sensor_errors();
  this->sensor_.save(&errors);
}

void PodPower::dump_config() {
  ESP_LOGCONFIG(TAG, "Pod power: %s, heard of every %" PRIu32 " s at least",
                this->profile_ == PowerProfile::ENDURANCE ? "endurance" : "balanced", this->interval_s_);
}

}  // namespace esphome::pod_power
