/// The minute log as its clients see it: pages of JSON.

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstring>

#include "minute_log.h"

namespace esphome::retrostep {

namespace {

constexpr size_t HEADER_ROOM = 256;
constexpr size_t CLOSING = 3;  // "]}" and the terminating zero

/// Writes one row, with a comma before it unless it is the first; returns its length, 0 if there is no room.
size_t write_row(char *out, size_t room, bool first, uint32_t seq, uint32_t minute, const MinuteRow &row) {
  const int length = snprintf(out, room, "%s[%" PRIu32 ",%" PRIu32 ",%u,%u,%u,%u,%u,%u,%u,%d,%d,%u]",
                              first ? "" : ",", seq, minute, row.back, row.fwd, row.side, row.back_dm,
                              row.fwd_dm, row.back_s, row.fwd_s, row.first_s, row.last_s, row.max_cm);
  return length > 0 && static_cast<size_t>(length) < room ? static_cast<size_t>(length) : 0;
}

}  // namespace

/// The clock may be the one that is wrong now: a date is never taken away, and moved only where jumps of the
/// clock prove it wrong. Rows somebody has stay as they were given out.
uint32_t MinuteLog::known_minute_(uint32_t seq, const MinuteRow &row) const {
  if (row.undated()) return 0;
  if (seq <= acknowledged_) return row.minute;
  const uint32_t correction_s = clocks_.correction_s(seq);
  return correction_s == 0 ? row.minute : std::max<uint32_t>((row.minute * 60 + 30 + correction_s) / 60, 1);
}

Counts MinuteLog::counts_before_(uint32_t seq) const {
  const uint32_t tail_first = tail_first_seq_();
  Counts sum = closed_;
  if (seq >= tail_first) {
    for (size_t i = seq - tail_first; i < tail_size_; i++) sum -= tail_[i].counts();
    return sum;
  }
  const uint32_t first_seq = block_begin(seq);
  BlockRecord block;
  if (!load_block_(first_seq, block)) return sum;
  sum = block.before;
  for (uint32_t i = 0; first_seq + i < seq; i++) sum += block.rows[i].counts();
  return sum;
}

size_t MinuteLog::write_page(char *out, const PageRequest &request, uint32_t now_s) {
  const uint32_t oldest = oldest_seq();
  // Rows that were overwritten while they waited for a date are gone: the page begins after them.
  const uint32_t end = std::max(export_end_(), oldest);
  const bool known = request.log == log_ && request.after > 0;
  const uint32_t after = known ? std::min(static_cast<uint32_t>(request.after), end - 1) : 0;
  if (known && static_cast<uint32_t>(request.after) < end && after > acknowledged_) {
    acknowledged_ = after;
    unsaved_notes_ = true;
    clocks_.synchronised();
  }
  const uint32_t limit = request.limit > 0 ? static_cast<uint32_t>(request.limit) : end;
  const uint32_t tail_first = tail_first_seq_();

  char *const rows = out + HEADER_ROOM;
  const size_t room = PAGE_SIZE - HEADER_ROOM - CLOSING;
  size_t used = 0;
  uint32_t written = 0;
  BlockRecord block;
  uint32_t loaded = 0;  // first_seq of `block`
  uint32_t next = std::max(after + 1, oldest);
  while (next < end && written < limit) {
    const MinuteRow *row;
    if (next >= tail_first) {
      row = &tail_[next - tail_first];
    } else {
      const uint32_t first_seq = block_begin(next);
      if (loaded != first_seq && !load_block_(first_seq, block)) {
        next = first_seq + BLOCK_ROWS;  // unreadable: its rows are lost, the totals still have them
        continue;
      }
      loaded = first_seq;
      row = &block.rows[next - first_seq];
    }
    const size_t length =
        write_row(rows + used, room - used, written == 0, next, known_minute_(next, *row), *row);
    if (length == 0) break;
    used += length;
    written++;
    next++;
  }
  next = std::min(next, end);
  const Counts total = counts_before_(next);
  char header[HEADER_ROOM];
  const int header_length =
      snprintf(header, sizeof(header),
               "{\"v\":1,\"log\":%" PRIu32 ",\"oldest\":%" PRIu32 ",\"next\":%" PRIu32
               ",\"more\":%s,\"now\":%" PRIu32 ",\"asked\":[%" PRId32 ",%" PRId32 "],\"total\":[%" PRIu32
               ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 "],\"m\":[",
               log_, std::min(oldest, next), next, next < end ? "true" : "false", now_s,
               static_cast<int32_t>(request.log), request.after, total.back, total.fwd, total.side,
               total.back_dm, total.fwd_dm, total.back_s, total.fwd_s);
  const size_t head = static_cast<size_t>(header_length);
  memmove(out + head, rows, used);
  memcpy(out, header, head);
  memcpy(out + head + used, "]}", CLOSING);
  return head + used + 2;
}

}  // namespace esphome::retrostep
