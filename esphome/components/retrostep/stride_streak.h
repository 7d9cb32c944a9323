#pragma once
/// The streak rule: strides count once their bout has proven to be walking.
///
/// A bout that is alike in rhythm, but no longer than a seated foot reaches, is on trial after it has ended:
/// a foot that creeps away under a desk is soon drawn back, a walker stays or walks on. It counts once that
/// is clear.

#include <array>

#include "stride_parameters.h"
#include "stride_proof.h"
#include "stride_types.h"

namespace esphome::retrostep {

class StrideStreak {
 public:
  explicit StrideStreak(StrideSink &sink) : sink_(sink) {}

  void add(const Candidate &candidate);
  /// No stride begins before `us`: ends the bout when that pause is long enough.
  void pass(uint64_t us);
  void finish();
  /// A proven bout goes on.
  bool walking() const { return proof_of_bout_ == Proof::SURE; }

 private:
  /// `next`: of the stride that ends the bout and begins another, if one does.
  void end_bout_(Direction next);
  void make_room_();
  void prove_();
  bool contradicted_(Direction direction) const;
  void end_trial_(bool counted);
  void release_(int strides, Direction direction, bool counted);

  StrideSink &sink_;
  std::array<Candidate, parameters::BOUT_PENDING> pending_{};
  int pending_count_{0};
  int on_trial_{0};  // so many of them, the oldest, are of a bout that has ended
  Direction direction_{Direction::NONE}, trial_direction_{Direction::NONE};
  Proof proof_of_bout_{Proof::NONE};
  uint64_t last_us_{0};
  int32_t forwardness_q14_{0},
      forwardness_weight_q14_{0};  // sums over the last strides backward, in whatever bout
  StrideProof proof_;
};

}  // namespace esphome::retrostep
