#include "retrostep_live.h"

#include <algorithm>

namespace esphome::retrostep {

/// Strides further apart belong to different bouts.
static constexpr uint64_t BOUT_GAP_US = 3000000;
static constexpr float STEPS_PER_STRIDE = 2.0f;

bool Live::Gate::pass(uint32_t now_ms, bool at_once) {
  if (!pending || (opened && !at_once && now_ms - last_ms < interval_ms)) return false;
  pending = false;
  opened = true;
  last_ms = now_ms;
  return true;
}

void Live::add(const Stride &stride) {
  const Step step{stride.start_us, stride.end_us, stride.length_m, stride.length_valid};
  const bool same_bout = walking() && stride.direction == direction_ &&
                         step.start_us < window_[(bout_size_ - 1) % WINDOW].end_us + BOUT_GAP_US;
  if (!same_bout) {
    bout_over_ = bout_over_ || walking();
    steps_.pending = steps_.pending || walking_backward();  // that is over
    bout_size_ = 0;
    bout_published_ = false;
    direction_ = stride.direction;
  }
  window_[bout_size_ % WINDOW] = step;
  bout_size_++;

  float sum_m = 0.0f;
  int valid = 0;
  for (size_t i = 0; i < std::min(bout_size_, WINDOW); i++) {
    if (!window_[i].length_valid) continue;
    sum_m += window_[i].length_m;
    valid++;
  }
  if (valid > 0) stride_length_m_ = sum_m / static_cast<float>(valid);
  if (direction_ == Direction::BACKWARD) steps_.pending = true;
  totals_.pending = gait_.pending = true;
}

Due Live::due(uint64_t now_us, uint32_t now_ms, bool ended) {
  if (walking() && (ended || now_us > window_[(bout_size_ - 1) % WINDOW].end_us + BOUT_GAP_US)) {
    bout_size_ = 0;
    bout_over_ = true;
    steps_.pending = true;
  }
  const bool at_once = bout_over_;
  if (bout_over_) totals_.pending = gait_.pending = true;
  bout_over_ = false;
  device_.pending = true;  // there always is something to say of the device
  // Who has turned round and walks the other way now shall not wait for the whole pause.
  const bool begins = walking() && !bout_published_ && now_ms - totals_.last_ms >= FIRST_TOTALS_MS;
  const bool totals = totals_.pass(now_ms, at_once || begins);
  bout_published_ = bout_published_ || (totals && !at_once);
  return {steps_.pass(now_ms, false), totals, gait_.pass(now_ms, at_once), device_.pass(now_ms, at_once)};
}

float Live::window_s_() const {
  const size_t stored = std::min(bout_size_, WINDOW);
  const uint64_t begin_us = window_[(bout_size_ - stored) % WINDOW].start_us;
  return static_cast<float>(window_[(bout_size_ - 1) % WINDOW].end_us - begin_us) * 1e-6f;
}

float Live::cadence_spm() const {
  if (!walking()) return 0.0f;
  return 60.0f * STEPS_PER_STRIDE * static_cast<float>(std::min(bout_size_, WINDOW)) / window_s_();
}

float Live::speed_m_s() const {
  if (!walking()) return 0.0f;
  float sum_m = 0.0f;
  for (size_t i = 0; i < std::min(bout_size_, WINDOW); i++) sum_m += window_[i].length_m;
  return sum_m / window_s_();
}

}  // namespace esphome::retrostep
