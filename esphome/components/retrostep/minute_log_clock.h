#pragma once
/// Which clock each minute was dated by: a wall clock may be wrong, and be put right later.
///
/// The time since boot sees it jump. Rows keep the date they were given; what a jump proved wrong about it is
/// worked out when they are handed out, for rows nobody has yet.
///
/// Pure, and small: it outlives deep sleep in memory that keeps its content meanwhile, as the clock does.

#include <array>
#include <cstddef>
#include <cstdint>

#include "minute_log_types.h"

namespace esphome::retrostep {

class ClockHistory {
 public:
  /// Jumps told apart; of more the oldest are forgotten, and their rows stay as dated.
  static constexpr size_t MOST_SEGMENTS = 8;

  /// What outlives sleep. Any content is harmless.
  struct Record {
    struct Segment {
      uint32_t first_seq;  ///< the first row that may be dated by it
      int32_t ahead_s;     ///< how far it was ahead of the clock now
    };
    std::array<Segment, MOST_SEGMENTS> segments{};
    uint32_t count{0};
    uint32_t sleep_error_s{0};  ///< by how much sleep may have put the clock off by then
    uint32_t epoch_s{0};        ///< when the pod fell asleep
  };

  /// The clock has been looked at since boot.
  bool known() const { return known_; }
  /// The clock has been set since it was last looked at.
  bool jumped(Moment now) const;
  /// Looks at the clock; from `next_seq` on rows are dated by it.
  void update(Moment now, uint32_t next_seq);
  /// Rows from `first_seq` on, which waited for a date, were all given it by the clock as it is.
  void dated_from(uint32_t first_seq);
  /// What to add to the date of a row, s modulo 2^32, as far as jumps have proven it wrong. A clock that was
  /// behind was wrong until it was set. One that was ahead was wrong only if the clock before it agrees with
  /// the clock now: else it may be the one now that is behind, for a while.
  uint32_t correction_s(uint32_t seq) const;

  /// A client has just set the clock, if it needed it: what comes now is no error of a sleep.
  void synchronised() { sleep_error_s_ = 0; }

  /// To be kept while the pod sleeps.
  Record record(uint32_t epoch_s) const;
  /// Goes on after a sleep with what was kept; `next_seq` is the next row's. False if that can't be true.
  bool resume(const Record &record, Moment now, uint32_t next_seq);

 private:
  void push_(uint32_t first_seq);
  void let_one_go_();
  bool agrees_(size_t segment) const;

  std::array<Record::Segment, MOST_SEGMENTS> segments_{};
  size_t count_{0};
  size_t awake_from_{0};       ///< the segment since the last sleep
  uint32_t sleep_error_s_{0};  ///< by how much sleep may have put the clock off
  bool known_{false};          ///< the clock has been looked at since boot
  uint32_t offset_s_{0};       ///< what it then was ahead of the time since boot
};

}  // namespace esphome::retrostep
