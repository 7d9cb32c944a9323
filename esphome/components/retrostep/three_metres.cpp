#include "three_metres.h"

namespace esphome::retrostep {

static constexpr float WALK_M = 3.0f;
/// Time to get up, walk to the line and turn round after the button was pressed.
static constexpr uint64_t BEGIN_WITHIN_US = 90'000'000;
/// The gap that ends a bout: who stands for so long does not walk.
static constexpr uint64_t PAUSE_US = 3'000'000;
/// A stride that began at the end of the pause takes up to 2.5 s, and has its verdict once the next has
/// proven it.
static constexpr uint64_t VERDICT_US = 5'500'000;

void ThreeMetres::become_(State state) {
  state_ = state;
  changed_ = true;
}

bool ThreeMetres::changed() {
  const bool changed = changed_;
  changed_ = false;
  return changed;
}

void ThreeMetres::start(uint64_t now_us) {
  asked_us_ = now_us;
  length_m_ = 0.0f;
  seconds_ = NAN;
  become_(State::READY);
}

void ThreeMetres::add(const Stride &stride) {
  if (!waiting_() || !stride.counted || stride.start_us < asked_us_) return;
  if (stride.direction != Direction::BACKWARD) {
    if (state_ == State::WALKING && stride.direction == Direction::FORWARD) become_(State::FORWARD_STEP);
    return;
  }
  if (state_ == State::READY) {
    first_us_ = last_us_ = stride.start_us;
    stance_us_ = 0;
    become_(State::WALKING);
  }
  if (stride.start_us > last_us_ + PAUSE_US) return become_(State::PAUSE);
  if (!stride.length_valid) return become_(State::NOT_MEASURED);
  const uint64_t stance_us = stride.start_us - last_us_;
  if (stance_us_ == 0 || stance_us < stance_us_) stance_us_ = stance_us;
  const float missing_m = WALK_M - length_m_;
  length_m_ += stride.length_m;
  last_us_ = stride.end_us;
  if (stride.length_m < missing_m) return;
  const float share = missing_m / stride.length_m;
  // From the middle of the stance before to that of the stance after.
  const auto to_here_us =
      static_cast<float>(stride.start_us - first_us_) - 0.5f * static_cast<float>(stance_us_);
  const auto cycle_us = static_cast<float>(stride.end_us - stride.start_us + stance_us_);
  seconds_ = (to_here_us + share * cycle_us) * 1e-6f;
  become_(State::DONE);
}

void ThreeMetres::pass(uint64_t now_us, bool silent) {
  if (state_ == State::READY && now_us > asked_us_ + BEGIN_WITHIN_US + VERDICT_US) become_(State::TOO_LATE);
  if (state_ == State::WALKING && (silent || now_us > last_us_ + PAUSE_US + VERDICT_US))
    become_(State::PAUSE);
}

const char *to_text(ThreeMetres::State state) {
  switch (state) {
    case ThreeMetres::State::READY:
      return "Ready: walk backward";
    case ThreeMetres::State::WALKING:
      return "Walking";
    case ThreeMetres::State::DONE:
      return "Done";
    case ThreeMetres::State::FORWARD_STEP:
      return "Stopped: a step forward";
    case ThreeMetres::State::PAUSE:
      return "Stopped: a pause";
    case ThreeMetres::State::TOO_LATE:
      return "Stopped: nobody walked";
    case ThreeMetres::State::NOT_MEASURED:
      return "Stopped: a step could not be measured";
    case ThreeMetres::State::IDLE:
      break;
  }
  return "Not started";
}

}  // namespace esphome::retrostep
