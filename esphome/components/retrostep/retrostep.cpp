#include "retrostep.h"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <memory>

#include "esphome/core/hal.h"
#include "esphome/core/helpers.h"
#include "esphome/core/log.h"
#include "retrostep_log_id.h"
#ifdef USE_API
#include "esphome/components/api/api_server.h"
#endif

namespace esphome::retrostep {

static const char *const TAG = "retrostep";

/// 2020-01-01: an earlier wall time means that the clock was never set.
static constexpr int64_t FIRST_VALID_EPOCH_S = 1577836800;
/// 2106-02-07: what Home Assistant sends the pod's clock by holds no later one.
static constexpr int64_t LAST_VALID_EPOCH_S = UINT32_MAX;
/// The wall clock is read in whole seconds and nudged by its synchronisation; more than this is a step.
static constexpr int64_t CLOCK_STEP_MS = 1500;
static constexpr uint32_t SAVE_RETRY_MS = 5000;
/// Without a sample for so long the IMU has failed; a bout would have ended by now.
static constexpr uint32_t SILENCE_MS = 3000;
/// A mounting is worth a write when an axis has turned by 4 degrees or its confidence has moved by this much.
static constexpr float MOUNTING_SAME_COSINE = 0.9976f;
static constexpr float MOUNTING_SAME_CONFIDENCE = 0.03f;
static constexpr float MOUNTING_REST_S = 3.0f;
static constexpr uint32_t MOUNTING_INTERVAL_MS = 10000;
/// Device figures are shown again when they have changed by this much.
static constexpr float SAMPLE_RATE_STEP_HZ = 1.0f;
static constexpr float CONFIDENCE_STEP_PERCENT = 5.0f;

void Pod::setup() {
  this->store_.begin();
  if (!this->log_.resume()) this->log_.start(draw_log_id());
  this->load_mounting_();
  this->motion_->add_listener([this](const motion::MotionData &data) { this->on_motion_(data); });
#ifdef USE_BINARY_SENSOR
  if (this->walking_backward_binary_sensor_ != nullptr)
    this->walking_backward_binary_sensor_->publish_initial_state(false);
#endif
#ifdef USE_TEXT_SENSOR
  if (this->three_metres_text_sensor_ != nullptr)
    this->three_metres_text_sensor_->publish_state(to_text(this->three_metres_.state()));
#endif
  this->publish_({.steps = true, .totals = true, .gait = false, .device = false});
}

void Pod::load_mounting_() {
  if (!this->find_mounting_) {
    this->core_.use_known_mounting();
    return;
  }
  this->mounting_preference_ =
      global_preferences->make_preference<Mounting>(fnv1_hash("retrostep.mounting"), true);
  if (this->mounting_preference_.load(&this->saved_mounting_)) {
    this->core_.use_mounting(this->saved_mounting_);
  } else {
    this->core_.find_mounting();
  }
  this->set_interval("mounting", MOUNTING_INTERVAL_MS, [this]() {
    if (this->rest_s() >= MOUNTING_REST_S) this->save_mounting_();
  });
}

void Pod::save_mounting_() {
  Mounting found;
  if (!this->find_mounting_ || !this->core_.mounting(found)) return;
  const auto cosine = [](const float a[3], const float b[3]) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  };
  const auto &saved = this->saved_mounting_;
  const bool same = cosine(found.up, saved.up) > MOUNTING_SAME_COSINE &&
                    cosine(found.toe, saved.toe) > MOUNTING_SAME_COSINE &&
                    std::abs(found.confidence - saved.confidence) < MOUNTING_SAME_CONFIDENCE;
  if (same) return;
  this->saved_mounting_ = found;
  this->mounting_preference_.save(&this->saved_mounting_);
  global_preferences->sync();
}

void Pod::calibrate() {
  if (!this->find_mounting_) {
    ESP_LOGW(TAG, "The axes are taken for granted; 'mounting: auto' would let the pod find them");
    return;
  }
  this->core_.calibrate_forward();
}

void Pod::start_three_metres() {
  this->three_metres_.start(this->core_.now_us());
}

void Pod::assume_worn(bool worn) {
  this->core_.assume_worn(worn);
  this->publish_device_();
}

void Pod::on_motion_(const motion::MotionData &data) {
  const uint32_t time_us = this->sample_clock_ != nullptr ? this->sample_clock_->sample_us() : micros();
  const auto &accel = data.acceleration;
  const auto &gyro = data.angular_rate;
  const Sample sample{time_us, {accel[0], accel[1], accel[2]}, {gyro[0], gyro[1], gyro[2]}};
  this->core_.add(sample);
  this->watch_.add(sample);
  this->sampled_ms_ = millis();
  if (!this->core_.still()) this->moved_us_ = this->core_.now_us();
}

void Pod::on_stride(const Stride &stride) {
  if (!stride.counted) return;
  this->three_metres_.add(stride);
  this->update_clock_();
  const int64_t end_ms = static_cast<int64_t>(stride.end_us / 1000U) + this->uptime_offset_ms_;
  const bool dated = this->epoch_offset_ms_ != 0;
  this->log_.add(stride,
                 {
                     .epoch_s = dated ? static_cast<uint32_t>((end_ms + this->epoch_offset_ms_) / 1000) : 0,
                     .uptime_s = static_cast<uint32_t>(std::max<int64_t>(end_ms, 0) / 1000),
                 });
  this->live_.add(stride);
}

uint32_t Pod::epoch_s() const {
  if (this->sample_clock_ != nullptr) {
    if (const uint32_t epoch_s = this->sample_clock_->epoch_s()) return epoch_s;
  }
  const auto epoch_s = static_cast<int64_t>(this->time_->timestamp_now());
  return epoch_s >= FIRST_VALID_EPOCH_S && epoch_s <= LAST_VALID_EPOCH_S ? static_cast<uint32_t>(epoch_s) : 0;
}

int64_t Pod::uptime_ms_() const {
  const bool made_up = this->sample_clock_ != nullptr && this->sample_clock_->epoch_s() != 0;
  return static_cast<int64_t>(made_up ? this->core_.now_us() / 1000U : millis_64());
}

void Pod::update_clock_() {
  const auto update = [](int64_t &kept_ms, int64_t now_ms) {
    if (std::abs(now_ms - kept_ms) > CLOCK_STEP_MS) kept_ms = now_ms;
  };
  const int64_t uptime_ms = this->uptime_ms_();
  const uint32_t age_us = this->sample_clock_ != nullptr ? this->sample_clock_->age_us() : 0;
  update(this->uptime_offset_ms_, uptime_ms - static_cast<int64_t>((this->core_.now_us() + age_us) / 1000U));
  const uint32_t epoch_s = this->epoch_s();
  if (epoch_s != 0) update(this->epoch_offset_ms_, static_cast<int64_t>(epoch_s) * 1000 - uptime_ms);
}

void Pod::loop() {
  const bool ended = this->sample_clock_ != nullptr && this->sample_clock_->ended();
  if (ended && !this->finished_) {
    this->core_.finish();
    this->finished_ = true;
  }
  if (!ended) this->update_clock_();
  this->watch_sensor_();
  this->silent_ = ended || this->blind_() || millis() - this->sampled_ms_ > SILENCE_MS;
  this->log_.tick({this->epoch_s(), this->uptime_s_()});
  this->save_when_due_();
  this->publish_(this->live_.due(this->core_.now_us(), millis(), this->silent_));
  this->three_metres_.pass(this->core_.now_us(), this->silent_);
  if (this->three_metres_.changed()) this->publish_three_metres_();
}

void Pod::watch_sensor_() {
  if (!this->watching_ || (this->sample_clock_ != nullptr && this->sample_clock_->recorded())) return;
  const uint32_t now_ms = millis();
  if (this->watch_.look(now_ms)) {
    ESP_LOGW(TAG, "Sensor: %s", to_text(this->watch_.fault()));
    this->publish_device_();
  }
  if (this->watch_.set_up_due(now_ms)) this->set_up_sensor_again_();
}

void Pod::set_up_sensor_again_() {
  ESP_LOGI(TAG, "Setting the sensor up again");
  if (this->sample_clock_ != nullptr && this->sample_clock_->set_up_again()) return;
  // ESPHome's own drivers begin with a reset of the IMU each time they are set up.
  if (this->motion_->is_failed()) {
    this->motion_->reset_to_construction_state();
    this->motion_->call();
  } else {
    this->motion_->setup();
  }
}

float Pod::rest_s() const {
  if (this->silent_ || this->sensor_failed()) return INFINITY;
  if (!this->core_.still()) return -1.0f;
  return static_cast<float>(this->core_.now_us() - this->moved_us_) * 1e-6f;
}

void Pod::save_when_due_() {
  if (this->save_failed_ || !this->log_.save_due(this->uptime_s_(), this->rest_s())) return;
  if (this->log_.save()) return;
  ESP_LOGW(TAG, "The minutes cannot be saved; trying again");
  this->save_failed_ = true;
  this->set_timeout("save", SAVE_RETRY_MS, [this]() { this->save_failed_ = false; });
}

void Pod::resume_clock(const ClockHistory::Record &record) {
  if (!this->log_.resume_clock(record, {this->epoch_s(), this->uptime_s_()})) {
    ESP_LOGD(TAG, "What was kept of the clock does not fit");
  }
}

void Pod::on_shutdown() {
  this->core_.finish();
  this->log_.save();
  this->save_mounting_();
}

void Pod::publish_(const Due &due) {
#ifdef USE_SENSOR
  const Counts totals = this->log_.totals();
  const auto show = [](sensor::Sensor *sensor, float value) {
    if (sensor != nullptr && (!sensor->has_state() || sensor->get_raw_state() != value))
      sensor->publish_state(value);
  };
  if (due.steps) show(this->backward_steps_sensor_, static_cast<float>(totals.back));
  if (due.totals) {
    show(this->forward_steps_sensor_, static_cast<float>(totals.fwd));
    show(this->backward_distance_sensor_, static_cast<float>(totals.back_dm) / 10.0f);
    show(this->forward_distance_sensor_, static_cast<float>(totals.fwd_dm) / 10.0f);
    show(this->backward_time_sensor_, static_cast<float>(totals.back_s));
  }
  if (due.gait) {
    show(this->cadence_sensor_, std::round(this->live_.cadence_spm()));
    show(this->speed_sensor_, this->live_.speed_m_s());
    if (!std::isnan(this->live_.stride_length_m()))
      show(this->stride_length_sensor_, this->live_.stride_length_m());
  }
#endif
#ifdef USE_BINARY_SENSOR
  if (due.steps && this->walking_backward_binary_sensor_ != nullptr)
    this->walking_backward_binary_sensor_->publish_state(this->live_.walking_backward());
#endif
  if (due.device) this->publish_device_();
}

void Pod::publish_device_() {
#ifdef USE_SENSOR
  const auto show = [](sensor::Sensor *sensor, float value, float step) {
    if (sensor != nullptr && !(std::abs(sensor->get_raw_state() - value) < step))
      sensor->publish_state(value);
  };
  show(this->unsynced_minutes_sensor_, static_cast<float>(this->log_.unsynced()), 1.0f);
  show(this->sampling_gaps_sensor_, static_cast<float>(this->core_.gap_count()), 1.0f);
  show(this->sensor_faults_sensor_, static_cast<float>(this->watch_.faults()), 1.0f);
  const float rate_hz = this->blind_() ? 0.0f : this->core_.sample_rate_hz();
  if (rate_hz > 0.0f || this->blind_()) show(this->sample_rate_sensor_, rate_hz, SAMPLE_RATE_STEP_HZ);
  show(this->direction_confidence_sensor_, std::round(100.0f * this->core_.direction_confidence()),
       CONFIDENCE_STEP_PERCENT);
#endif
#ifdef USE_BINARY_SENSOR
  if (this->problem_binary_sensor_ != nullptr)
    this->problem_binary_sensor_->publish_state(this->sensor_failed());
  if (this->worn_binary_sensor_ != nullptr) {
    // Nobody knows: "worn" and no steps would be taken for sitting.
    if (this->sensor_failed()) {
      this->worn_binary_sensor_->invalidate_state();
    } else {
      this->worn_binary_sensor_->publish_state(this->core_.worn());
    }
  }
#endif
#ifdef USE_TEXT_SENSOR
  const char *status = to_text(this->watch_.fault());
  if (this->sensor_status_text_sensor_ != nullptr && this->sensor_status_text_sensor_->state != status)
    this->sensor_status_text_sensor_->publish_state(status);
#endif
}

void Pod::publish_three_metres_() {
  const char *text = to_text(this->three_metres_.state());
  ESP_LOGI(TAG, "3 m walk: %s", text);
#ifdef USE_SENSOR
  // Unknown until the walk is done, so that the same time again is seen to be another walk.
  if (this->three_metres_time_sensor_ != nullptr)
    this->three_metres_time_sensor_->publish_state(this->three_metres_.seconds());
#endif
#ifdef USE_TEXT_SENSOR
  if (this->three_metres_text_sensor_ != nullptr) this->three_metres_text_sensor_->publish_state(text);
#endif
}

void Pod::respond_minutes(uint32_t call_id, int32_t log, int32_t after, int32_t limit) {
#if defined(USE_API) && defined(USE_API_USER_DEFINED_ACTION_RESPONSES_JSON)
  // On the heap: the main loop's stack on an ESP32 has no room for a page.
  const auto page = std::make_unique<char[]>(MinuteLog::PAGE_SIZE);
  const size_t length =
      this->log_.write_page(page.get(), {static_cast<uint32_t>(log), after, limit}, this->epoch_s());
  api::global_api_server->send_action_response(call_id, true, StringRef(""),
                                               reinterpret_cast<const uint8_t *>(page.get()), length);
#endif
}

void Pod::dump_config() {
  ESP_LOGCONFIG(TAG, "RetroStep pod:");
  ESP_LOGCONFIG(TAG, "  Minute log: %" PRIu32 ", next minute %" PRIu32 ", %" PRIu32 " not synced",
                this->log_.log_id(), this->log_.next_seq(), this->log_.unsynced());
  ESP_LOGCONFIG(TAG, "  Mounting: %s", this->find_mounting_ ? "auto" : "known");
  ESP_LOGCONFIG(TAG, "  Sample clock: %s", this->sample_clock_ != nullptr ? "own" : "main loop");
#ifdef USE_SENSOR
  LOG_SENSOR("  ", "Backward steps", this->backward_steps_sensor_);
  LOG_SENSOR("  ", "Forward steps", this->forward_steps_sensor_);
  LOG_SENSOR("  ", "Backward distance", this->backward_distance_sensor_);
  LOG_SENSOR("  ", "Forward distance", this->forward_distance_sensor_);
  LOG_SENSOR("  ", "Backward time", this->backward_time_sensor_);
  LOG_SENSOR("  ", "Cadence", this->cadence_sensor_);
  LOG_SENSOR("  ", "Stride length", this->stride_length_sensor_);
  LOG_SENSOR("  ", "Speed", this->speed_sensor_);
  LOG_SENSOR("  ", "Unsynced minutes", this->unsynced_minutes_sensor_);
  LOG_SENSOR("  ", "Sample rate", this->sample_rate_sensor_);
  LOG_SENSOR("  ", "Sampling gaps", this->sampling_gaps_sensor_);
  LOG_SENSOR("  ", "Sensor faults", this->sensor_faults_sensor_);
  LOG_SENSOR("  ", "Direction confidence", this->direction_confidence_sensor_);
  LOG_SENSOR("  ", "3 m walk time", this->three_metres_time_sensor_);
#endif
#ifdef USE_BINARY_SENSOR
  LOG_BINARY_SENSOR("  ", "Walking backward", this->walking_backward_binary_sensor_);
  LOG_BINARY_SENSOR("  ", "Worn", this->worn_binary_sensor_);
  LOG_BINARY_SENSOR("  ", "Problem", this->problem_binary_sensor_);
#endif
#ifdef USE_TEXT_SENSOR
  LOG_TEXT_SENSOR("  ", "3 m walk", this->three_metres_text_sensor_);
  LOG_TEXT_SENSOR("  ", "Sensor status", this->sensor_status_text_sensor_);
#endif
}

}  // namespace esphome::retrostep
