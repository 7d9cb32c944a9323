#include "stride_streak.h"

namespace retrostep {

namespace p = parameters;

void StrideStreak::pass(uint64_t now_us) {
  const bool in_bout = proven_ || pending_count_ > 0;
  if (in_bout && now_us - last_us_ > static_cast<uint64_t>(p::kBoutGapS * 1e6f)) end_bout();
}

void StrideStreak::finish() {
  end_bout();
}

void StrideStreak::end_bout() {
  release(false);
  direction_ = Direction::kNone;
  strong_ = 0;
  proven_ = false;
}

void StrideStreak::release(bool counted) {
  for (int i = 0; i < pending_count_; ++i) {
    Stride stride = pending_[static_cast<size_t>(i)].stride;
    const bool turn = pending_[static_cast<size_t>(i)].turn;
    if (counted && turn) stride.direction = direction_;
    stride.counted = counted && !stride.undecided;
    stride.undecided = counted && stride.undecided;
    if (stride.undecided) stride.direction = Direction::kNone;
    sink_.on_stride(stride);
  }
  pending_count_ = 0;
}

void StrideStreak::add(const Candidate &candidate) {
  pass(candidate.stride.start_us);
  const Direction direction = candidate.stride.direction;
  if (!candidate.turn && direction_ != Direction::kNone && direction != direction_) end_bout();
  if (!candidate.turn && direction_ == Direction::kNone) direction_ = direction;
  last_us_ = candidate.stride.end_us;
  if (pending_count_ == p::kBoutPending) release(false);
  pending_[static_cast<size_t>(pending_count_++)] = candidate;
  if (candidate.strong) ++strong_;
  proven_ = proven_ || strong_ >= p::kBoutStrong;
  if (proven_) release(true);
}

}  // namespace retrostep
