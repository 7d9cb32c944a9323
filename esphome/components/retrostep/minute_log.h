#pragma once
/// Keeps what was walked, minute by minute, across power loss, and hands it out page by page.
///
/// Rows have sequence numbers from 1 that never repeat within a log: a row is handed out only after the save
/// that holds it has succeeded. One block of the ring is always free, so 183 blocks = 1,464 walked minutes
/// are kept.
///
/// Wear: a head (248 bytes, 10 of the 126 entries of an NVS page) at most every 45 s of walking and a block
/// every 8 walked minutes are 870 entries an hour; with 112 pages that erases each page once in 16 hours of
/// walking, 1.6 million hours at 100,000 erasures. Stall: a save without an erasure takes 1-3 ms, every 12th
/// save erases a page (~45 ms); `save_due()` therefore waits for the foot to stand still.
///
/// Pure: knows no clock, no flash and no ESPHome. Time is an argument.

#include "minute_log_clock.h"
#include "minute_log_store.h"
#include "minute_log_types.h"
#include "stride_types.h"
#include "walking_time.h"

namespace esphome::retrostep {

/// What a client asks for; the page repeats it.
struct PageRequest {
  uint32_t log;
  int32_t after;
  int32_t limit;
};

class MinuteLog {
 public:
  explicit MinuteLog(MinuteStore &store) : store_(store) {}

  /// Takes up the log where the store has it; false if there is none: start() one.
  bool resume();
  /// Begins a log named `random_id`, of which 31 bits count.
  void start(uint32_t random_id);

  /// A counted stride that ended at `at`.
  void add(const Stride &stride, Moment at);
  /// Time passes: closes the minute that is over, dates rows once the clock is set.
  void tick(Moment now);

  /// Whether to save now. Saves wait for a stance pause 45 s after the first unsaved stride, or for rest;
  /// after 55 s they wait no longer. `rest_s`: how long the foot has been still, negative if it moves.
  bool save_due(uint32_t uptime_s, float rest_s) const;
  /// Writes what is unsaved; false if the store refused (try again later).
  bool save();

  /// What to keep of the clock while the pod sleeps, and how to go on with it afterwards, before anything is
  /// added; false if it can't be true.
  ClockHistory::Record clock_record(uint32_t now_s) const { return clocks_.record(now_s); }
  bool resume_clock(const ClockHistory::Record &record, Moment now) {
    return clocks_.resume(record, now, next_seq_);
  }

  /// Everything counted since the log began, the open minute included.
  Counts totals() const { return totals_.rounded(); }
  /// Closed rows that nobody has acknowledged yet.
  uint32_t unsynced() const;
  uint32_t log_id() const { return log_; }
  uint32_t next_seq() const { return next_seq_; }
  uint32_t oldest_seq() const;

  /// Writes one page of JSON, with a terminating zero; takes note of what the client has.
  /// \return its length; always below PAGE_SIZE.
  size_t write_page(char *out, const PageRequest &request, uint32_t now_s);

  static constexpr size_t PAGE_SIZE = 4000;

 private:
  static constexpr size_t TAIL_ROWS = 2 * BLOCK_ROWS;

  bool load_head_();
  void watch_clock_(Moment now);
  void close_row_();
  void mark_unsaved_();
  void set_dates_(uint32_t offset_s);
  static void date_row(MinuteRow &row, uint32_t offset_s);
  /// Dates one more block of the job; false if the store refuses.
  bool advance_job_();
  bool repair_torn_block_();
  bool save_blocks_();
  bool save_head_();
  bool save_block_(const BlockRecord &block, uint32_t slot);
  bool load_record_(uint32_t slot, BlockRecord &block) const;
  bool load_block_(uint32_t first_seq, BlockRecord &block) const;

  uint32_t tail_first_seq_() const { return next_seq_ - static_cast<uint32_t>(tail_size_); }
  /// The first sequence number that may not be handed out yet.
  uint32_t export_end_() const;
  /// The minute to hand out for a row, 0 if it is not known.
  uint32_t known_minute_(uint32_t seq, const MinuteRow &row) const;
  /// Totals of all rows with a lower sequence number.
  Counts counts_before_(uint32_t seq) const;

  MinuteStore &store_;
  uint32_t log_{0};
  uint32_t generation_{0};
  uint32_t next_seq_{1};
  uint32_t saved_seq_{1};  ///< rows below are on flash
  uint32_t acknowledged_{0};
  RunningTotals totals_{};
  WalkingTime walking_time_{};
  Counts closed_{};  ///< totals without the open row
  MinuteRow open_{};
  std::array<MinuteRow, TAIL_ROWS> tail_{};  ///< closed rows that are in no block yet
  size_t tail_size_{0};

  uint32_t undated_from_{0};  ///< the first row of this boot without a date; 0: none
  bool dated_{false};         ///< the clock has been set in this boot
  ClockHistory clocks_;
  DatingJob job_{};
  bool unsaved_steps_{false};
  bool unsaved_notes_{false};  ///< acknowledgement or dates, in no hurry
  uint32_t unsaved_since_s_{0};
  uint32_t uptime_s_{0};
};

}  // namespace esphome::retrostep
