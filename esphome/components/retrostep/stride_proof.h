#pragma once
/// Is it a walk? What a bout of strides must show before it counts.
///
/// A seated foot is set here and there, too, and two such moves one way look like two steps. But it does not
/// get far, it is hardly set three times alike in a row, and it does so again and again. A walk goes on: it
/// is further than any seated foot reaches, or in rhythm, stride after stride alike, or right after a walk,
/// or livelier than a seated foot is set. Strides are held back until then, so a walk loses nothing.

#include <span>

#include "stride_turns.h"
#include "stride_types.h"

namespace esphome::retrostep {

/// A classified stride and how much it proves.
struct Candidate {
  Stride stride;
  float went_m;             ///< its level length, also where no distance is credited
  Angle angle;              ///< displacement to the toe axis, left positive, see stride_turns.h
  int32_t forwardness_q14;  ///< how the foot pitched: above 0 as in walking forward, see StrideMounting
  bool turn;                ///< no direction of its own: joins the bout it stands in ...
  bool unsure;              ///< ... and does not even show that somebody walks
};

/// A turn belongs to a bout of a direction unless the foot clearly went another way.
bool joins(const Candidate &candidate, Direction direction);

/// How much the strides of a bout prove.
enum class Proof : uint8_t {
  NONE,
  LIKELY,  ///< a walk, unless the foot comes back: within a seated foot's reach
  SURE,
};

class StrideProof {
 public:
  /// What do the strides of a bout so far, the newest last, prove of a walk in a direction?
  Proof of(std::span<const Candidate> bout, Direction direction) const;
  /// Did strides get further in a direction than a seated foot reaches, whatever the pauses?
  bool far(std::span<const Candidate> strides, Direction direction) const;
  /// A walk was seen until then.
  void learn_walk(Direction direction, uint64_t us);
  /// A bout until then proved none.
  void learn_restless(uint64_t us);

 private:
  bool restless_(uint64_t us) const;
  bool warm_(uint64_t us) const;

  uint64_t walked_us_{0}, calm_us_{0};  // until when it walked; when it will have been calm for long enough
  Direction walked_{Direction::NONE};
};

}  // namespace esphome::retrostep
