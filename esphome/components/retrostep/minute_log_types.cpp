#include "minute_log_types.h"

namespace esphome::retrostep {

namespace {

constexpr uint32_t UM_PER_DM = 100000, US_PER_S = 1000000;
constexpr uint32_t CRC32_REVERSED = 0xEDB88320U;  // the polynomial of IEEE 802.3

}  // namespace

Counts &Counts::operator+=(const Counts &other) {
  back += other.back;
  fwd += other.fwd;
  side += other.side;
  back_dm += other.back_dm;
  fwd_dm += other.fwd_dm;
  back_s += other.back_s;
  fwd_s += other.fwd_s;
  return *this;
}

Counts &Counts::operator-=(const Counts &other) {
  back -= other.back;
  fwd -= other.fwd;
  side -= other.side;
  back_dm -= other.back_dm;
  fwd_dm -= other.fwd_dm;
  back_s -= other.back_s;
  fwd_s -= other.fwd_s;
  return *this;
}

Counts RunningTotals::rounded() const {
  const auto round = [](uint64_t value, uint32_t unit) {
    return static_cast<uint32_t>((value + unit / 2) / unit);
  };
  return {back,
          fwd,
          side,
          round(back_um, UM_PER_DM),
          round(fwd_um, UM_PER_DM),
          round(back_us, US_PER_S),
          round(fwd_us, US_PER_S)};
}

Counts MinuteRow::counts() const {
  return {back, fwd, side, back_dm, fwd_dm, back_s, fwd_s};
}

uint32_t record_check(const void *data, size_t size) {
  const auto *bytes = static_cast<const uint8_t *>(data);
  uint32_t crc = 0xFFFFFFFFU;
  for (size_t i = 0; i < size; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? CRC32_REVERSED : 0U);
  }
  return ~crc;
}

}  // namespace esphome::retrostep
