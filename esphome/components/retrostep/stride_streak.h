#pragma once
/// The streak rule: strides count once their bout has proven to be walking.

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
  bool walking() const { return proven_; }

 private:
  void end_bout_();
  bool contradicted_() const;
  void release_(bool counted);

  StrideSink &sink_;
  std::array<Candidate, parameters::BOUT_PENDING> pending_{};
  int pending_count_{0};
  Direction direction_{Direction::NONE};
  uint64_t last_us_{0};
  int32_t forwardness_q14_{0},
      forwardness_weight_q14_{0};  // sums over the last strides backward, in whatever bout
  bool proven_{false};
  StrideProof proof_;
};

}  // namespace esphome::retrostep
