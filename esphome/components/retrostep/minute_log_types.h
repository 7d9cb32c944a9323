#pragma once
/// What the minute log holds: counts, minute rows, and the records they are saved in.

#include <array>
#include <cstddef>
#include <cstdint>

namespace esphome::retrostep {

/// A point in time as the pod knows it.
struct Moment {
  uint32_t epoch_s;   ///< since 1970; 0 while the clock is not set
  uint32_t uptime_s;  ///< since boot
};

/// Sums over closed rows, in the units they are exported in.
struct Counts {
  uint32_t back{0}, fwd{0}, side{0};  ///< steps
  uint32_t back_dm{0}, fwd_dm{0};
  uint32_t back_s{0}, fwd_s{0};

  Counts &operator+=(const Counts &other);
  Counts &operator-=(const Counts &other);
  bool operator==(const Counts &) const = default;
};

/// Sums of everything counted since the log began, unrounded so that rounding never adds up.
struct RunningTotals {
  uint32_t back{0}, fwd{0}, side{0};  ///< steps
  uint32_t reserved{0};
  uint64_t back_um{0}, fwd_um{0};
  uint64_t back_us{0}, fwd_us{0};

  Counts rounded() const;
};

/// What one clock minute held; 20 bytes.
struct MinuteRow {
  uint32_t minute{0};  ///< minute since 1970, or minute since boot with UNDATED set
  uint16_t back{0}, fwd{0}, side{0};
  uint16_t back_dm{0}, fwd_dm{0};
  uint8_t back_s{0}, fwd_s{0};
  int8_t first_s{-1}, last_s{-1};  ///< of backward strides, second of the minute; -1: none
  uint16_t max_cm{0};              ///< longest backward stride

  static constexpr uint32_t UNDATED = 0x80000000U;
  bool undated() const { return (minute & UNDATED) != 0; }
  bool has_steps() const { return back != 0 || fwd != 0 || side != 0; }
  Counts counts() const;
};
static_assert(sizeof(MinuteRow) == 20);

/// Rows that need a date: those of [from, to) that are undated were walked `offset_s` after 1970 + their
/// time.
struct DatingJob {
  uint32_t from{0}, to{0};
  uint32_t offset_s{0};

  bool active() const { return from < to; }
};

static constexpr uint32_t BLOCK_ROWS = 8;

/// The first row of the block that holds row `seq`.
constexpr uint32_t block_begin(uint32_t seq) {
  return (seq - 1) / BLOCK_ROWS * BLOCK_ROWS + 1;
}

/// Eight closed rows, written once (and once more if they had no date yet). 204 bytes.
struct BlockRecord {
  uint32_t format{0};
  uint32_t log{0};
  uint32_t first_seq{0};
  Counts before{};  ///< totals of all rows before first_seq
  std::array<MinuteRow, BLOCK_ROWS> rows{};
  uint32_t check{0};
};
static_assert(sizeof(BlockRecord) == 204);

/// Everything that is not in blocks yet; written alternately to two places, so that a torn write costs one
/// save.
struct HeadRecord {
  uint32_t format{0};
  uint32_t log{0};
  uint32_t generation{0};  ///< the valid head with the higher one counts
  uint32_t next_seq{0};
  uint32_t acknowledged{0};
  DatingJob job{};
  RunningTotals totals{};  ///< open minute included
  MinuteRow open{};        ///< without steps: none is open
  std::array<MinuteRow, BLOCK_ROWS - 1> tail{};
  uint32_t check{0};
  uint32_t padding{0};
};
static_assert(sizeof(HeadRecord) == 248 && sizeof(HeadRecord) <= 255, "host preferences hold 255 bytes");

/// CRC-32 (IEEE 802.3) of a record up to its `check` member.
uint32_t record_check(const void *data, size_t size);

}  // namespace esphome::retrostep
