#include "sample_watch.h"

#include <algorithm>
#include <bit>

#include "stride_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

/// While the main loop stands still no sample can come: a turn counts for so much at most.
constexpr uint32_t LONGEST_TURN_MS = 250;
/// A sensor that failed again so soon has not really worked.
constexpr uint32_t FORGET_MS = 300000;
/// After a longer gap nothing is known of what was between.
constexpr uint32_t LONGEST_STEP_US = 100000;

/// Floats by their bits, so that whole numbers compare as they do; and back.
constexpr int32_t ordered(int32_t bits) {
  return bits ^ ((bits >> 31) & 0x7fffffff);
}
int32_t word_of(float reading) {
  return ordered(std::bit_cast<int32_t>(reading));
}
float reading_of(int32_t word) {
  return std::bit_cast<float>(ordered(word));
}

/// A sum that stays at its most.
uint32_t more(uint32_t sum, uint32_t by) {
  return sum + std::min(by, UINT32_MAX - sum);
}

}  // namespace

const char *to_text(SensorFault fault) {
  switch (fault) {
    case SensorFault::SILENT:
      return "No samples";
    case SensorFault::STUCK:
      return "Constant readings";
    case SensorFault::OUT_OF_RANGE:
      return "Out of range";
    default:
      return "OK";
  }
}

void SampleWatch::add(const Sample &sample) {
  Words words;
  for (size_t axis = 0; axis < 3; ++axis) {
    words[axis] = word_of(sample.accel_g[axis]);
    words[3 + axis] = word_of(sample.gyro_dps[axis]);
  }
  const uint32_t since_us = sample.time_us - last_us_, dt_us = since_us <= LONGEST_STEP_US ? since_us : 0;
  const bool same = any_ && words == last_;
  same_us_ = same ? more(same_us_, dt_us) : 0;
  same_ = same ? more(same_, 1) : 0;
  good_us_ = more(good_us_, dt_us);
  silent_ms_ = 0;
  any_ = true;
  last_ = words;
  last_us_ = sample.time_us;
  extend_rest_(words, dt_us);
}

void SampleWatch::extend_rest_(const Words &words, uint32_t dt_us) {
  if (rest_us_ == 0) {
    low_ = high_ = words;
    rest_us_ = std::max<uint32_t>(dt_us, 1);
    return;
  }
  for (size_t axis = 0; axis < AXES; ++axis) {
    low_[axis] = std::min(low_[axis], words[axis]);
    high_[axis] = std::max(high_[axis], words[axis]);
  }
  rest_us_ += dt_us;
  if (rest_us_ < REST_US) return;
  rest_us_ = 0;
  judge_rest_();
}

/// A second is over: if it was rest, was it rest as it should be?
void SampleWatch::judge_rest_() {
  float accel2 = 0.0f, rate2 = 0.0f;
  for (size_t axis = 0; axis < AXES; ++axis) {
    const float low = reading_of(low_[axis]), high = reading_of(high_[axis]);
    const float middle = 0.5f * (low + high);
    if (!(high - low < (axis < 3 ? p::WATCH_SPREAD_G : p::WATCH_SPREAD_DPS))) return;
    (axis < 3 ? accel2 : rate2) += middle * middle;
  }
  static constexpr float LEAST_G = 1.0f - p::ACCEL_OFFSET_MAX_G, MOST_G = 1.0f + p::ACCEL_OFFSET_MAX_G;
  const bool right =
      accel2 > LEAST_G * LEAST_G && accel2 < MOST_G * MOST_G && rate2 < p::BIAS_MAX_DPS * p::BIAS_MAX_DPS;
  wrong_rests_ = right ? 0 : std::min(wrong_rests_ + 1, RESTS);
}

bool SampleWatch::look(uint32_t now_ms) {
  silent_ms_ = more(silent_ms_, std::min(now_ms - looked_ms_, LONGEST_TURN_MS));
  looked_ms_ = now_ms;
  SensorFault seen = SensorFault::NONE;
  if (silent_ms_ >= SILENT_MS) {
    seen = SensorFault::SILENT;
  } else if (same_us_ >= STUCK_US && same_ >= STUCK_SAMPLES) {
    seen = SensorFault::STUCK;
  } else if (wrong_rests_ >= RESTS) {
    seen = SensorFault::OUT_OF_RANGE;
  }
  if (seen == SensorFault::SILENT || seen == SensorFault::STUCK) {
    good_us_ = 0;
    wrong_rests_ = 0;
  } else if (good_us_ < RECOVERED_US && fault_ != SensorFault::NONE) {
    return false;
  }
  if (seen == fault_) return false;
  if (fault_ == SensorFault::NONE) ++faults_;
  fault_ = seen;
  return true;
}

bool SampleWatch::set_up_due(uint32_t now_ms) {
  if (fault_ == SensorFault::NONE) return false;
  const uint32_t since_ms = now_ms - tried_ms_;
  if (tried_ && since_ms < wait_ms_) return false;
  wait_ms_ = tried_ && since_ms < FORGET_MS ? std::min(2 * wait_ms_, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
  tried_ = true;
  tried_ms_ = now_ms;
  return true;
}

}  // namespace esphome::retrostep
