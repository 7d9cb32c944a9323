#include "stride_proof.h"

#include <algorithm>
#include <array>
#include <limits>

#include "stride_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

Angle course_of(Direction direction) {
  switch (direction) {
    case Direction::BACKWARD:
      return INT32_MIN;
    case Direction::LEFT:
      return turns(90);
    case Direction::RIGHT:
      return turns(-90);
    default:
      return 0;
  }
}

float seconds_of(const Stride &stride) {
  return to_s(static_cast<uint32_t>(stride.end_us - stride.start_us));
}

float pause_s(const Stride &before, const Stride &after) {
  return after.start_us > before.end_us ? to_s(static_cast<uint32_t>(after.start_us - before.end_us)) : 0;
}

/// What the strides of a bout come to.
struct Way {
  float reach_m{0}, path_m{0}, roll_deg{0}, longest_pause_s{0}, least_peak_dps{p::GYRO_MAX_DPS};
  int strides{0};  // that show it, turns among them
  bool rolls(float deg_per_m) const { return roll_deg >= deg_per_m * path_m; }
};

Way way_of(std::span<const Candidate> bout, Direction direction) {
  Way way;
  const Angle course = course_of(direction);
  const Candidate *before = nullptr;
  for (const Candidate &one : bout) {
    if (before != nullptr)
      way.longest_pause_s = std::max(way.longest_pause_s, pause_s(before->stride, one.stride));
    before = &one;
    if (!joins(one, direction)) continue;
    way.strides += !one.unsure;
    const Level along_q30 = direction_q30(turns_between(course, one.angle));
    way.reach_m += one.went_m * static_cast<float>(along_q30.x) * (1.0f / (1 << 30));
    way.path_m += one.went_m;
    way.least_peak_dps = std::min(way.least_peak_dps, one.stride.peak_dps);
    way.roll_deg += one.stride.peak_dps * seconds_of(one.stride);
  }
  return way;
}

/// Smallest and largest of some values.
struct Range {
  float low{std::numeric_limits<float>::max()}, high{0};
  void add(float value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  bool alike(float most) const { return high <= most * low; }
};

constexpr size_t RHYTHM_MOST = 4;

/// The last strides of a bout that prove something, the newest first.
struct Last {
  std::array<const Candidate *, RHYTHM_MOST> strides{};
  int count{0};  // in the whole bout
};

Last last_of(std::span<const Candidate> bout) {
  Last last;
  for (size_t i = bout.size(); i-- > 0;) {
    if (bout[i].turn) continue;
    if (static_cast<size_t>(last.count) < RHYTHM_MOST)
      last.strides[static_cast<size_t>(last.count)] = &bout[i];
    ++last.count;
  }
  return last;
}

/// How alike strides in rhythm are.
struct Rhythm {
  size_t strides;
  float length, seconds, peak, pause, longest_pause_s;
  uint32_t course;
  bool one_lost;  // a pause may hold a stride that was not seen
};

bool in_rhythm(const Last &last, const Rhythm &most) {
  Range length, seconds, peak, pause;
  int32_t left = 0, right = 0;
  bool lost = !most.one_lost;
  for (size_t i = 0; i < most.strides; ++i) {
    const Candidate &one = *last.strides[i];
    const float lasts_s = seconds_of(one.stride);
    length.add(one.went_m);
    seconds.add(lasts_s);
    peak.add(one.stride.peak_dps);
    const Angle off = turns_between(last.strides[0]->angle, one.angle);
    left = std::max(left, off);
    right = std::min(right, off);
    if (i == 0) continue;
    float paused_s = pause_s(one.stride, last.strides[i - 1]->stride);
    if (!lost && paused_s > most.longest_pause_s) {
      lost = true;
      paused_s = 0.5f * (paused_s - 0.5f * (lasts_s + seconds_of(last.strides[i - 1]->stride)));
    }
    pause.add(p::RHYTHM_PAUSE_BASE_S + paused_s);
  }
  return length.alike(most.length) && seconds.alike(most.seconds) && peak.alike(most.peak) &&
         pause.alike(most.pause) && pause.high <= p::RHYTHM_PAUSE_BASE_S + most.longest_pause_s &&
         static_cast<uint32_t>(left) - static_cast<uint32_t>(right) <= most.course;
}

constexpr Rhythm THREE{3,
                       p::RHYTHM_LENGTH,
                       p::RHYTHM_SECONDS,
                       p::RHYTHM_PEAK,
                       p::RHYTHM_PAUSE,
                       p::RHYTHM_PAUSE_S,
                       static_cast<uint32_t>(turns(p::RHYTHM_COURSE_DEG)),
                       false};
constexpr Rhythm FOUR{4,
                      p::RHYTHM_LENGTH_4,
                      p::RHYTHM_SECONDS_4,
                      p::RHYTHM_PEAK_4,
                      p::RHYTHM_PAUSE_4,
                      p::RHYTHM_PAUSE_4_S,
                      static_cast<uint32_t>(turns(p::RHYTHM_COURSE_4_DEG)),
                      true};

}  // namespace

bool joins(const Candidate &candidate, Direction direction) {
  if (!candidate.turn) return true;
  return turn_size(turns_between(course_of(direction), candidate.angle)) < turns(p::TURN_JOIN_DEG);
}

bool StrideProof::restless_(uint64_t us) const {
  return calm_us_ > us + to_us(p::RESTLESS_S);
}

bool StrideProof::warm_(uint64_t us) const {
  return walked_ != Direction::NONE && us < walked_us_ + to_us(p::WARM_S);
}

Proof StrideProof::of(std::span<const Candidate> bout, Direction direction) const {
  const Last last = last_of(bout);
  const Way way = way_of(bout, direction);
  if (last.count == 0 || way.strides < p::WARM_STRIDES) return Proof::NONE;
  const bool restless = restless_(bout.back().stride.end_us);
  if (warm_(bout.front().stride.start_us) &&
      (direction == walked_ || (way.path_m >= p::WARM_REACH_M && way.rolls(p::PROOF_ROLL))))
    return Proof::SURE;
  if (!restless && way.reach_m >= p::LIVELY_REACH_M && way.longest_pause_s <= p::LIVELY_PAUSE_S &&
      way.least_peak_dps >= p::LIVELY_PEAK_DPS)
    return Proof::SURE;
  const float reach_m = restless ? p::PROOF_REACH_RESTLESS_M : p::PROOF_REACH_M;
  const float roll = way.reach_m >= p::PROOF_FAR_M ? p::PROOF_ROLL_FAR : p::PROOF_ROLL;
  if (way.reach_m >= reach_m && way.longest_pause_s <= p::PROOF_REACH_PAUSE_S && way.rolls(roll))
    return Proof::SURE;
  const bool many = last.count >= p::RHYTHM_RESTLESS_STRIDES;
  if (!many && (restless || last.count < p::RHYTHM_STRIDES)) return Proof::NONE;
  if (!way.rolls(many ? p::PROOF_ROLL_FAR : p::PROOF_ROLL_RHYTHM)) return Proof::NONE;
  const bool alike =
      in_rhythm(last, THREE) || (last.count >= static_cast<int>(FOUR.strides) && in_rhythm(last, FOUR));
  if (!alike) return Proof::NONE;
  return way.reach_m >= reach_m ? Proof::SURE : Proof::LIKELY;
}

bool StrideProof::far(std::span<const Candidate> strides, Direction direction) const {
  return way_of(strides, direction).reach_m >=
         (restless_(strides.back().stride.end_us) ? p::PROOF_REACH_RESTLESS_M : p::PROOF_REACH_M);
}

void StrideProof::learn_walk(Direction direction, uint64_t us) {
  walked_ = direction;
  walked_us_ = us;
  calm_us_ = 0;
}

void StrideProof::learn_restless(uint64_t us) {
  const uint64_t longer_us = std::max(calm_us_, us) + to_us(p::RESTLESS_BOUT_S);
  calm_us_ = std::min(longer_us, us + to_us(p::RESTLESS_MOST_S));
}

}  // namespace esphome::retrostep
