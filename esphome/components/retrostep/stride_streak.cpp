#include "stride_streak.h"

#include <algorithm>

#include "stride_mounting_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

/// Unlike a foot that turned, one that went another way, however unsure, does not walk on.
bool goes_elsewhere(const Candidate &candidate, Direction direction) {
  if (!candidate.turn) return candidate.stride.direction != direction;
  return candidate.unsure && !joins(candidate, direction);
}

}  // namespace

void StrideStreak::pass(uint64_t us) {
  if (proof_of_bout_ != Proof::NONE || pending_count_ > on_trial_) {
    const float patience_s = proof_of_bout_ == Proof::NONE ? p::BOUT_HELD_S : p::BOUT_GAP_S;
    if (us > last_us_ + to_us(patience_s)) end_bout_(Direction::NONE);
  }
  if (on_trial_ > 0 && us > last_us_ + to_us(p::TRIAL_S)) end_trial_(true);
}

void StrideStreak::finish() {
  end_bout_(Direction::NONE);
  end_trial_(true);
}

void StrideStreak::end_bout_(Direction next) {
  const int strides = pending_count_ - on_trial_;
  const bool same_way = on_trial_ > 0 && direction_ == trial_direction_;
  if (proof_of_bout_ == Proof::SURE) {
    // Only turns that did not join are left. The last one may have been the first stride of the next bout.
    const bool begins_next = strides > 0 && next != Direction::NONE &&
                             pending_[static_cast<size_t>(pending_count_ - 1)].stride.direction == next;
    release_(strides - begins_next, direction_, false);
  } else if (proof_of_bout_ == Proof::LIKELY) {
    if (!same_way) end_trial_(false);
    on_trial_ = pending_count_;
    trial_direction_ = direction_;
  } else if (strides > 0) {
    proof_.learn_restless(last_us_);
    if (on_trial_ > 0 && direction_ != Direction::NONE && !same_way) end_trial_(false);
    if (on_trial_ > 0)
      on_trial_ = pending_count_;
    else
      release_(strides, direction_, false);
  }
  direction_ = Direction::NONE;
  proof_of_bout_ = Proof::NONE;
}

/// The strides on trial are a walk or are none.
void StrideStreak::end_trial_(bool counted) {
  if (on_trial_ == 0) return;
  if (!counted) proof_.learn_restless(last_us_);
  release_(on_trial_, trial_direction_, counted);
  on_trial_ = 0;
}

/// A walk backward by a foot that pitches as in walking forward: the pod sits back to front.
bool StrideStreak::contradicted_(Direction direction) const {
  static constexpr auto MOST_Q10 = static_cast<int32_t>(p::MOUNT_CONTRADICTION * 1024);
  return direction == Direction::BACKWARD && forwardness_q14_ > forwardness_weight_q14_ * MOST_Q10 / 1024;
}

/// Lets go of the oldest strides.
void StrideStreak::release_(int strides, Direction direction, bool counted) {
  const bool contradicted = contradicted_(direction);
  for (int i = 0; i < strides; ++i) {
    const Candidate &candidate = pending_[static_cast<size_t>(i)];
    Stride stride = candidate.stride;
    const bool joined = counted && joins(candidate, direction);
    if (joined) stride.direction = direction;
    const bool undecided = stride.undecided || contradicted;
    stride.counted = joined && !undecided;
    stride.undecided = joined && undecided;
    if (stride.undecided) stride.direction = Direction::NONE;
    sink_.on_stride(stride);
  }
  pending_count_ -= strides;
  if (pending_count_ > 0) std::copy_n(pending_.begin() + strides, pending_count_, pending_.begin());
}

void StrideStreak::make_room_() {
  if (pending_count_ < p::BOUT_PENDING) return;
  if (on_trial_ > 0) return end_trial_(false);
  release_(pending_count_, direction_, proof_of_bout_ == Proof::LIKELY);
}

/// What the bout proves by now; two on trial that went the same way are one.
void StrideStreak::prove_() {
  const std::span<const Candidate> strides(pending_.data(), static_cast<size_t>(pending_count_));
  const Proof now = proof_.of(strides.subspan(static_cast<size_t>(on_trial_)), direction_);
  if (now > proof_of_bout_) proof_of_bout_ = now;
  const bool went_on = on_trial_ > 0 && direction_ == trial_direction_;
  if (proof_of_bout_ == Proof::LIKELY && went_on && proof_.far(strides, direction_))
    proof_of_bout_ = Proof::SURE;
}

void StrideStreak::add(const Candidate &candidate) {
  pass(candidate.stride.start_us);
  const Direction direction = candidate.stride.direction;
  if (direction_ != Direction::NONE && goes_elsewhere(candidate, direction_))
    end_bout_(candidate.turn ? Direction::NONE : direction);
  if (!candidate.turn && direction_ == Direction::NONE) direction_ = direction;
  last_us_ = candidate.stride.end_us;
  make_room_();
  pending_[static_cast<size_t>(pending_count_++)] = candidate;
  if (!candidate.turn && candidate.forwardness_q14 != 0 && direction_ == Direction::BACKWARD) {
    forwardness_q14_ += candidate.forwardness_q14 - forwardness_q14_ / p::MOUNT_CONTRADICTION_MEMORY;
    forwardness_weight_q14_ += (1 << 14) - forwardness_weight_q14_ / p::MOUNT_CONTRADICTION_MEMORY;
  }
  if (direction_ == Direction::NONE) return;
  if (proof_of_bout_ != Proof::SURE) prove_();
  if (proof_of_bout_ != Proof::SURE) return;
  if (on_trial_ > 0) end_trial_(true);
  proof_.learn_walk(direction_, last_us_);
  // Somebody who walks on the other way often turns with the first stride of it.
  if (joins(candidate, direction_)) release_(pending_count_, direction_, true);
}

}  // namespace esphome::retrostep
