#include "minute_log_clock.h"

#include <algorithm>

namespace esphome::retrostep {

namespace {

/// Whole seconds, and a synchronisation's nudges, are no jump; crystals drift less between two of them.
constexpr uint32_t JUMP_S = 30;
/// Clocks this close agree: a row holds a minute.
constexpr uint32_t AGREE_S = 60;
/// A chip asleep counts time by an RC oscillator, which temperature puts off by some percent.
constexpr uint32_t SLEEP_ERROR_SHARE = 20;
constexpr uint32_t MOST_SLEEP_ERROR_S = 30 * 86400;  // a flat battery ends what sleeps can add up to

/// Times wrap in 136 years, their differences change sign at 68: clocks further apart than that look ahead
/// when they are behind, and the other way round.
uint32_t offset_s(Moment now) {
  return now.epoch_s - now.uptime_s;
}

bool within(int32_t difference_s, uint32_t most_s) {
  return static_cast<uint32_t>(difference_s) + most_s <= 2 * most_s;
}

}  // namespace

bool ClockHistory::jumped(Moment now) const {
  return known_ && now.epoch_s != 0 && !within(static_cast<int32_t>(offset_s(now) - offset_s_), JUMP_S);
}

void ClockHistory::update(Moment now, uint32_t next_seq) {
  if (now.epoch_s == 0) return;
  const bool jump = jumped(now);
  if (jump) {
    const uint32_t by_s = offset_s(now) - offset_s_;
    // What sleep has put off says nothing about the clock before it.
    size_t i = within(static_cast<int32_t>(by_s), sleep_error_s_) ? awake_from_ : 0;
    for (; i < count_; i++) {
      int32_t &ahead_s = segments_[i].ahead_s;
      ahead_s = static_cast<int32_t>(static_cast<uint32_t>(ahead_s) - by_s);
    }
    sleep_error_s_ = 0;
  }
  if (jump || count_ == 0) push_(next_seq);
  known_ = true;
  offset_s_ = offset_s(now);
}

void ClockHistory::dated_from(uint32_t first_seq) {
  while (count_ > 0 && segments_[count_ - 1].first_seq >= first_seq) count_--;
  push_(first_seq);
  awake_from_ = std::min(awake_from_, count_ - 1);
}

void ClockHistory::push_(uint32_t first_seq) {
  if (count_ == MOST_SEGMENTS) let_one_go_();
  segments_[count_++] = {first_seq, 0};
}

/// One that dated no row, else the oldest.
void ClockHistory::let_one_go_() {
  size_t gone = 0;
  while (gone + 1 < count_ && segments_[gone].first_seq != segments_[gone + 1].first_seq) gone++;
  if (gone + 1 == count_) gone = 0;
  count_--;
  for (size_t i = gone; i < count_; i++) segments_[i] = segments_[i + 1];
  if (awake_from_ > gone) awake_from_--;
}

bool ClockHistory::agrees_(size_t segment) const {
  return within(segments_[segment].ahead_s, AGREE_S);
}

uint32_t ClockHistory::correction_s(uint32_t seq) const {
  size_t after = count_;
  while (after > 0 && segments_[after - 1].first_seq > seq) after--;
  if (after == 0 || agrees_(after - 1)) return 0;
  const int32_t ahead_s = segments_[after - 1].ahead_s;
  bool wrong = ahead_s < 0;
  for (size_t i = 0; i + 1 < after; i++) wrong = wrong || agrees_(i);
  return wrong ? 0U - static_cast<uint32_t>(ahead_s) : 0;
}

ClockHistory::Record ClockHistory::record(uint32_t epoch_s) const {
  return {segments_, static_cast<uint32_t>(count_), sleep_error_s_, epoch_s};
}

bool ClockHistory::resume(const Record &record, Moment now, uint32_t next_seq) {
  if (record.epoch_s == 0 || now.epoch_s < record.epoch_s) return false;
  if (record.count == 0 || record.count > MOST_SEGMENTS) return false;
  uint32_t least = 1;
  for (size_t i = 0; i < record.count; i++) {
    const uint32_t first_seq = record.segments[i].first_seq;
    if (first_seq < least || first_seq > next_seq) return false;
    least = first_seq;
  }
  segments_ = record.segments;
  count_ = record.count;
  // Sleeps in which nobody has set the clock are one segment.
  while (count_ > 1 && segments_[count_ - 1].ahead_s == 0 && segments_[count_ - 2].ahead_s == 0) count_--;
  push_(next_seq);
  awake_from_ = count_ - 1;
  const uint32_t before_s = std::clamp(record.sleep_error_s, AGREE_S, MOST_SLEEP_ERROR_S);
  sleep_error_s_ = before_s + (now.epoch_s - record.epoch_s) / SLEEP_ERROR_SHARE;
  known_ = false;
  return true;
}

}  // namespace esphome::retrostep
