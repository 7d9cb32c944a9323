#include "motion_fifo.h"

#include <algorithm>

#include "esphome/core/hal.h"
#include "esphome/core/log.h"

namespace esphome::motion_fifo {

static const char *const TAG = "motion_fifo";

/// Samples handed out in one update: what piled up in a stall comes in slices that do not stall the main loop
/// themselves (34 ms of transfers at 400 HZ).
static constexpr size_t MAX_PER_UPDATE = 128;
/// What comes within this time after a start is dropped: filters settle, and what went before may have been
/// wrong, so that nobody should take both for one movement.
static constexpr float BREAK_S = 0.11f;

void MotionFifo::setup() {
  MotionComponent::setup();
  this->set_up_again();
}

void MotionFifo::set_up_again() {
  this->started_ = false;
  this->ready_ = this->set_up_();
  if (this->ready_) {
    this->status_clear_error();
  } else {
    this->status_set_error(LOG_STR("The IMU is not set up: check wiring and address"));
  }
}

void MotionFifo::update() {
  if (!this->ready_) return;
  // Not in setup(): the gyroscope needs a while until its first sample, and the main loop as well.
  if (!this->started_) {
    this->start_over_();
    return;
  }
  size_t count = 0;
  const uint32_t before_us = micros();
  if (!this->count_samples_(count)) {
    this->status_set_warning(LOG_STR("The FIFO cannot be read"));
    return;
  }
  this->clock_.found(count, before_us, micros());
  this->status_clear_warning();
  this->hand_out_(std::min(count, MAX_PER_UPDATE));
}

void MotionFifo::hand_out_(size_t count) {
  while (count > 0) {
    size_t fetched = 0;
    if (!this->fetch_samples_(std::min(count, MAX_BURST), this->burst_, fetched)) {
      this->status_set_warning(LOG_STR("The FIFO cannot be read"));
      return;
    }
    if (fetched == 0) return;
    for (size_t i = 0; i < fetched; i++) {
      this->sample_us_ = this->clock_.next_us();
      this->current_ = this->burst_[i];
      if (this->settling_ == 0) {
        MotionComponent::update();
      } else {
        this->settling_--;
      }
    }
    count -= std::min(count, fetched);
  }
}

bool MotionFifo::update_data(motion::MotionData &data) {
  data = this->current_;
  return true;
}

void MotionFifo::note_overflow_() {
  this->clock_.lost();
  ESP_LOGW(TAG, "The FIFO ran over: the main loop stalled for too long and samples were lost");
}

bool MotionFifo::start_over_() {
  this->clock_.lost();
  this->settling_ = static_cast<size_t>(BREAK_S * this->data_rate_hz_) + 1;
  this->started_ = this->restart_fifo_();
  return false;
}

bool MotionFifo::out_of_step_() {
  ESP_LOGW(TAG, "The FIFO was out of step: starting over");
  return this->start_over_();
}

void MotionFifo::dump_config() {
  ESP_LOGCONFIG(TAG, "  FIFO data rate: %.1f Hz, measured %.1f Hz", this->data_rate_hz_,
                this->measured_rate_hz());
  MotionComponent::dump_config();
}

}  // namespace esphome::motion_fifo
