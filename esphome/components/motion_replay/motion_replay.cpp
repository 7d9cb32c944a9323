#include "motion_replay.h"
#ifdef USE_HOST

#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>

#include "esphome/core/defines.h"
#include "esphome/core/hal.h"
#include "esphome/core/log.h"
#ifdef USE_API
#include "esphome/components/api/api_server.h"
#endif

namespace esphome::motion_replay {

static const char *const TAG = "motion_replay";
static const char *const HEADER = "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps";

/// Rows handed out in one turn of the main loop: 5 s at 100 Hz, so that even at high speed the pod gets to
/// publish and save in between.
static constexpr size_t MAX_ROWS_PER_UPDATE = 500;

void MotionReplay::setup() {
  MotionComponent::setup();
  this->apply_environment_();
  if (!this->read_(this->error_)) {
    ESP_LOGE(TAG, "%s", this->error_.c_str());
    this->rows_.clear();
    this->mark_failed();
    return;
  }
  ESP_LOGI(TAG, "%zu samples, %.1f s from %s at speed %g", this->rows_.size(),
           static_cast<double>(this->duration_us_()) * 1e-6, this->path_.c_str(),
           static_cast<double>(this->speed_));
}

void MotionReplay::apply_environment_() {
  if (const char *path = getenv("MOTION_REPLAY_CSV")) this->path_ = path;
  if (const char *speed = getenv("MOTION_REPLAY_SPEED")) this->speed_ = static_cast<float>(atof(speed));
  if (const char *loop = getenv("MOTION_REPLAY_LOOP")) this->loop_ = atoi(loop) != 0;
  if (const char *begun = getenv("MOTION_REPLAY_BEGUN_S"))
    this->begun_ms_ = static_cast<uint64_t>(std::llround(atof(begun) * 1000.0));
  if (const char *ahead = getenv("MOTION_REPLAY_CLOCK_AHEAD_S")) this->clock_ahead_s_ = atoll(ahead);
  if (const char *wait = getenv("MOTION_REPLAY_WAIT")) this->wait_for_client_ = atoi(wait) != 0;
}

bool MotionReplay::read_(std::string &error) {
  if (!(this->speed_ >= 0.1f && this->speed_ <= 100000.0f)) {
    error = "MOTION_REPLAY_SPEED must be a number from 0.1 to 100000";
    return false;
  }
  if (this->loop_ && this->speed_ != 1.0f) {
    error = "A looped recording has no end that could be 'now': use speed 1 or no loop";
    return false;
  }
  std::ifstream file(this->path_);
  if (!file) {
    error = "Cannot read the recording '" + this->path_ + "' (path: or MOTION_REPLAY_CSV)";
    return false;
  }
  std::string line;
  size_t number = 0;
  while (std::getline(file, line)) {
    number++;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    Row row;
    if (number > 1 && line.empty()) continue;
    const bool good = number == 1 ? line == HEADER : this->parse_row_(line.c_str(), row, error);
    if (!good) {
      if (number == 1) error = "the header must be " + std::string(HEADER);
      error = this->path_ + ", line " + std::to_string(number) + ": " + error;
      return false;
    }
    if (number > 1) this->rows_.push_back(row);
  }
  if (this->rows_.size() < 2) {
    error = this->path_ + ": a recording needs at least two samples";
    return false;
  }
  return true;
}

bool MotionReplay::parse_row_(const char *line, Row &row, std::string &error) const {
  double values[7];
  const char *at = line;
  for (int i = 0; i < 7; i++) {
    char *end = nullptr;
    values[i] = strtod(at, &end);
    const char expected = i < 6 ? ',' : '\0';
    if (end == at || *end != expected || !std::isfinite(values[i])) {
      error = "7 finite numbers expected";
      return false;
    }
    at = end + 1;
  }
  if (!this->rows_.empty() && values[0] <= this->rows_.back().time_s) {
    error = "time must rise";
    return false;
  }
  row.time_s = values[0];
  const double first_s = this->rows_.empty() ? row.time_s : this->rows_.front().time_s;
  row.since_first_us = static_cast<uint64_t>(std::llround((row.time_s - first_s) * 1e6));
  for (int i = 0; i < 3; i++) {
    row.data.acceleration[i] = static_cast<float>(values[1 + i]);
    row.data.angular_rate[i] = static_cast<float>(values[4 + i]);
  }
  return true;
}

uint64_t MotionReplay::duration_us_() const {
  const uint64_t span = this->rows_.back().since_first_us;
  return span + span / (this->rows_.size() - 1);
}

bool MotionReplay::may_start_() const {
#ifdef USE_API
  return !this->wait_for_client_ || api::global_api_server->is_connected_with_state_subscription();
#else
  return true;
#endif
}

void MotionReplay::update() {
  if (this->is_failed() || this->ended_) return;
  if (!this->started_) {
    if (!this->may_start_()) return;
    this->started_ = true;
    this->start_ms_ = millis_64() - this->begun_ms_;
    this->start_epoch_s_ = this->wall_s_() - static_cast<int64_t>(this->begun_ms_ / 1000);
  }
  const double elapsed_us = static_cast<double>(millis_64() - this->start_ms_) * 1000.0;
  const auto due_us = static_cast<uint64_t>(elapsed_us * static_cast<double>(this->speed_));
  for (size_t n = 0; n < MAX_ROWS_PER_UPDATE; n++) {
    const uint64_t time_us = this->passes_ * this->duration_us_() + this->rows_[this->next_].since_first_us;
    if (time_us > due_us) return;
    this->sample_time_us_ = time_us;
    MotionComponent::update();
    if (++this->next_ < this->rows_.size()) continue;
    this->next_ = 0;
    this->passes_++;
    if (!this->loop_) {
      this->ended_ = true;
      ESP_LOGI(TAG, "Recording ended");
      return;
    }
  }
}

int64_t MotionReplay::wall_s_() const {
  return static_cast<int64_t>(::time(nullptr)) + this->clock_ahead_s_;
}

uint32_t MotionReplay::epoch_s() {
  if (this->is_failed()) return 0;
  const bool real_time = this->speed_ == 1.0f;
  if (real_time && this->clock_ahead_s_ == 0) return 0;
  if (real_time || this->ended_ || !this->started_) return static_cast<uint32_t>(this->wall_s_());
  const double pass_us = static_cast<double>(this->duration_us_());
  const uint64_t pass = this->sample_time_us_ / this->duration_us_();
  const double played_us = static_cast<double>(pass + 1) * pass_us / static_cast<double>(this->speed_);
  const double left_us = pass_us - static_cast<double>(this->sample_time_us_ % this->duration_us_());
  return static_cast<uint32_t>(this->start_epoch_s_ + std::llround((played_us - left_us) * 1e-6));
}

bool MotionReplay::update_data(motion::MotionData &data) {
  data = this->rows_[this->next_].data;
  return true;
}

void MotionReplay::dump_config() {
  ESP_LOGCONFIG(TAG, "Motion replay: %s, speed %g, %s", this->path_.c_str(),
                static_cast<double>(this->speed_), this->loop_ ? "looped" : "once");
  if (!this->error_.empty()) {
    ESP_LOGCONFIG(TAG, "  Error: %s", this->error_.c_str());
  }
  MotionComponent::dump_config();
}

}  // namespace esphome::motion_replay

#endif
