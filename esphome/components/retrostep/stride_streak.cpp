#include "stride_streak.h"

#include "stride_mounting_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

void StrideStreak::pass(uint64_t us) {
  if (!proven_ && pending_count_ == 0) return;
  const float patience_s = proven_ ? p::BOUT_GAP_S : p::BOUT_HELD_S;
  if (us > last_us_ + to_us(patience_s)) end_bout_();
}

void StrideStreak::finish() {
  end_bout_();
}

void StrideStreak::end_bout_() {
  if (pending_count_ > 0) proof_.learn_restless(last_us_);
  release_(false);
  direction_ = Direction::NONE;
  proven_ = false;
}

/// A walk backward by a foot that pitches as in walking forward: the pod sits back to front.
bool StrideStreak::contradicted_() const {
  static constexpr auto MOST_Q10 = static_cast<int32_t>(p::MOUNT_CONTRADICTION * 1024);
  return direction_ == Direction::BACKWARD && forwardness_q14_ > forwardness_weight_q14_ * MOST_Q10 / 1024;
}

void StrideStreak::release_(bool counted) {
  for (int i = 0; i < pending_count_; ++i) {
    const Candidate &candidate = pending_[static_cast<size_t>(i)];
    Stride stride = candidate.stride;
    const bool joined = counted && joins(candidate, direction_);
    if (joined) stride.direction = direction_;
    const bool undecided = stride.undecided || contradicted_();
    stride.counted = joined && !undecided;
    stride.undecided = joined && undecided;
    if (stride.undecided) stride.direction = Direction::NONE;
    sink_.on_stride(stride);
  }
  pending_count_ = 0;
}

void StrideStreak::add(const Candidate &candidate) {
  pass(candidate.stride.start_us);
  const Direction direction = candidate.stride.direction;
  if (!candidate.turn && direction_ != Direction::NONE && direction != direction_) end_bout_();
  if (!candidate.turn && direction_ == Direction::NONE) direction_ = direction;
  last_us_ = candidate.stride.end_us;
  if (pending_count_ == p::BOUT_PENDING) release_(false);
  pending_[static_cast<size_t>(pending_count_++)] = candidate;
  if (!candidate.turn && candidate.forwardness_q14 != 0 && direction_ == Direction::BACKWARD) {
    forwardness_q14_ += candidate.forwardness_q14 - forwardness_q14_ / p::MOUNT_CONTRADICTION_MEMORY;
    forwardness_weight_q14_ += (1 << 14) - forwardness_weight_q14_ / p::MOUNT_CONTRADICTION_MEMORY;
  }
  if (direction_ == Direction::NONE) return;
  const auto held = static_cast<size_t>(pending_count_);
  proven_ = proven_ || proof_.walks(std::span(pending_).first(held), direction_);
  if (!proven_) return;
  release_(true);
  proof_.learn_walk(direction_, last_us_);
}

}  // namespace esphome::retrostep
