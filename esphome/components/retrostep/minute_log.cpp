#include "minute_log.h"

#include <algorithm>
#include <cmath>

namespace esphome::retrostep {

namespace {

/// A minute stays open this long after its end: the verdict on its last strides may still be coming.
constexpr uint32_t CLOSE_DELAY_S = 10;
/// An open row that a standing clock keeps filling is closed before its 8-bit seconds run over.
constexpr uint8_t MAX_ROW_S = 200;

constexpr uint32_t STANCE_SAVE_AGE_S = 45;
/// The strides whose verdict is pending are lost with the power too: 5 s of the 60 s promised are theirs.
constexpr uint32_t LATEST_SAVE_AGE_S = 55;
constexpr float REST_S = 3.0f;

uint32_t minute_of(Moment at) {
  return at.epoch_s != 0 ? at.epoch_s / 60 : MinuteRow::UNDATED | (at.uptime_s / 60);
}

int8_t second_of(Moment at) {
  return static_cast<int8_t>((at.epoch_s != 0 ? at.epoch_s : at.uptime_s) % 60);
}

constexpr uint64_t UM_PER_CM = 10000, US_PER_S = 1000000;

uint64_t micrometres(float length_m) {
  return std::isfinite(length_m) && length_m > 0.0f ? static_cast<uint64_t>(std::lround(length_m * 1e6f)) : 0;
}

}  // namespace

void MinuteLog::add(const Stride &stride, Moment at) {
  static constexpr uint16_t STEPS = 2;
  const bool backward = stride.direction == Direction::BACKWARD;
  const bool forward = stride.direction == Direction::FORWARD;
  if (!backward && !forward && stride.direction != Direction::LEFT && stride.direction != Direction::RIGHT)
    return;
  watch_clock_(at);
  const uint32_t minute = minute_of(at);
  if (open_.has_steps() && (open_.minute != minute || open_.back_s > MAX_ROW_S || open_.fwd_s > MAX_ROW_S)) {
    close_row_();
  }
  if (!open_.has_steps()) {
    open_ = {};
    open_.minute = minute;
  }
  const uint64_t swing_us = stride.end_us - stride.start_us;
  const uint64_t walked_us = walking_time_.add(stride);
  if (backward) {
    totals_.back += STEPS;
    totals_.back_um += micrometres(stride.length_m);
    totals_.back_us += walked_us;
    open_.back = static_cast<uint16_t>(open_.back + STEPS);
    const int end_s = second_of(at);
    if (open_.first_s < 0)
      open_.first_s =
          static_cast<int8_t>(std::max(0, end_s - static_cast<int>((swing_us + US_PER_S / 2) / US_PER_S)));
    open_.last_s = static_cast<int8_t>(std::max<int>(open_.last_s, end_s));
    if (stride.length_valid)
      open_.max_cm = std::max(
          open_.max_cm, static_cast<uint16_t>((micrometres(stride.length_m) + UM_PER_CM / 2) / UM_PER_CM));
  } else if (forward) {
    totals_.fwd += STEPS;
    totals_.fwd_um += micrometres(stride.length_m);
    totals_.fwd_us += walked_us;
    open_.fwd = static_cast<uint16_t>(open_.fwd + STEPS);
  } else {
    totals_.side += STEPS;
    open_.side = static_cast<uint16_t>(open_.side + STEPS);
  }
  Counts in_row = totals_.rounded();
  in_row -= closed_;
  open_.back_dm = static_cast<uint16_t>(in_row.back_dm);
  open_.fwd_dm = static_cast<uint16_t>(in_row.fwd_dm);
  open_.back_s = static_cast<uint8_t>(in_row.back_s);
  open_.fwd_s = static_cast<uint8_t>(in_row.fwd_s);
  mark_unsaved_();
}

void MinuteLog::tick(Moment now) {
  uptime_s_ = now.uptime_s;
  watch_clock_(now);
  if (!dated_ && now.epoch_s != 0 && !job_.active()) set_dates_(now.epoch_s - now.uptime_s);
  if (!open_.has_steps()) return;
  const uint32_t now_s = open_.undated() ? now.uptime_s : now.epoch_s;
  if (now_s == 0) return;
  const auto age_s = static_cast<int32_t>(now_s - (open_.minute & ~MinuteRow::UNDATED) * 60);
  const bool over = age_s >= static_cast<int32_t>(60 + CLOSE_DELAY_S);
  const bool ahead = age_s < -60;  // the clock was set back
  if (over || ahead) close_row_();
}

/// Before it dates anything: a jump parts the rows dated by the clock before from those dated by it now. So
/// does a boot: that its clock proves wrong says nothing about the minute that an earlier one left open.
void MinuteLog::watch_clock_(Moment now) {
  const bool other_minute = now.epoch_s != 0 && minute_of(now) != open_.minute;
  const bool other_clock = clocks_.jumped(now) || (!clocks_.known() && other_minute);
  if (other_clock && open_.has_steps() && !open_.undated()) close_row_();
  clocks_.update(now, undated_from_ != 0 ? undated_from_ : next_seq_);
}

void MinuteLog::mark_unsaved_() {
  if (!unsaved_steps_) unsaved_since_s_ = uptime_s_;
  unsaved_steps_ = true;
}

void MinuteLog::close_row_() {
  // Rows close once a minute and saves take them away; a clock gone wild must not outrun that.
  if (tail_size_ == TAIL_ROWS && !save_blocks_()) {
    closed_ = totals_.rounded();  // the store is broken: the totals stay right, the row is given up
    open_ = {};
    return;
  }
  // Also after the clock was set: it may have been set to a time that can't be, as before the first time.
  if (open_.undated() && undated_from_ == 0) {
    undated_from_ = next_seq_;
    dated_ = false;
  }
  tail_[tail_size_++] = open_;
  next_seq_++;
  closed_ = totals_.rounded();
  open_ = {};
  mark_unsaved_();
}

void MinuteLog::date_row(MinuteRow &row, uint32_t offset_s) {
  // Minutes since boot lie across minutes of the clock: the row goes where its middle lies.
  const uint32_t begin_s = offset_s + (row.minute & ~MinuteRow::UNDATED) * 60;
  row.minute = (begin_s + 30) / 60;
  const int shift_s = static_cast<int>(begin_s - row.minute * 60);
  if (row.first_s >= 0) {
    row.first_s = static_cast<int8_t>(std::clamp(row.first_s + shift_s, 0, 59));
    row.last_s = static_cast<int8_t>(std::clamp(row.last_s + shift_s, 0, 59));
  }
}

void MinuteLog::set_dates_(uint32_t offset_s) {
  dated_ = true;
  if (open_.has_steps() && open_.undated()) date_row(open_, offset_s);
  if (undated_from_ == 0) return;
  const uint32_t tail_first = tail_first_seq_();
  for (size_t i = 0; i < tail_size_; i++) {
    if (tail_first + i >= undated_from_ && tail_[i].undated()) date_row(tail_[i], offset_s);
  }
  clocks_.dated_from(undated_from_);
  if (undated_from_ < tail_first) job_ = {undated_from_, tail_first, offset_s};
  saved_seq_ = std::min(saved_seq_, undated_from_);  // handed out once the dates are saved
  undated_from_ = 0;
  mark_unsaved_();
}

uint32_t MinuteLog::export_end_() const {
  uint32_t end = saved_seq_;
  if (undated_from_ != 0) end = std::min(end, undated_from_);
  if (job_.active()) end = std::min(end, job_.from);
  return end;
}

uint32_t MinuteLog::oldest_seq() const {
  const uint32_t blocks = (tail_first_seq_() - 1) / BLOCK_ROWS;
  static constexpr uint32_t KEPT = MinuteStore::RING_BLOCKS - 1;
  return blocks <= KEPT ? 1 : (blocks - KEPT) * BLOCK_ROWS + 1;
}

uint32_t MinuteLog::unsynced() const {
  const uint32_t known = std::max(acknowledged_ + 1, oldest_seq());
  const uint32_t end = export_end_();
  return end > known ? end - known : 0;
}

bool MinuteLog::save_due(uint32_t uptime_s, float rest_s) const {
  const uint32_t age_s = uptime_s - unsaved_since_s_;
  const bool resting = rest_s >= REST_S;
  if (unsaved_steps_) {
    return age_s >= LATEST_SAVE_AGE_S || (rest_s >= 0.0f && age_s >= STANCE_SAVE_AGE_S) || resting;
  }
  return resting && (job_.active() || unsaved_notes_);
}

}  // namespace esphome::retrostep
