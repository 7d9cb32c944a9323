#pragma once
/// A pod's minute log on a flash that can lose its power, a walker, and a reader of pages.

#include <cstring>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "minute_log.h"

namespace esphome::retrostep {

/// Records that are safe after sync(); a power cut tears what was being written.
class FakeFlash final : public MinuteStore {
 public:
  using Record = std::vector<uint8_t>;

  bool save(uint32_t slot, const void *data, size_t size) override {
    if (dead_) return false;
    EXPECT_LT(slot, SLOTS);
    EXPECT_LE(size, 255U);
    const auto *bytes = static_cast<const uint8_t *>(data);
    writes_++;
    if (writes_left_ > 0 && --writes_left_ == 0) {
      // Half of the record is new, the rest is what was there.
      Record torn = flash_[slot];
      torn.resize(size);
      std::memcpy(torn.data(), bytes, size / 2);
      flash_[slot] = torn;
      pending_.clear();
      dead_ = true;
      return false;
    }
    pending_[slot] = Record(bytes, bytes + size);
    return true;
  }
  bool load(uint32_t slot, void *data, size_t size) override {
    const auto pending = pending_.find(slot);
    const auto saved = flash_.find(slot);
    const Record *record = pending != pending_.end() ? &pending->second
                           : saved != flash_.end()   ? &saved->second
                                                     : nullptr;
    if (record == nullptr || record->size() != size) return false;
    std::memcpy(data, record->data(), size);
    return true;
  }
  bool sync() override {
    if (dead_) return false;
    for (auto &[slot, record] : pending_) flash_[slot] = record;
    pending_.clear();
    return true;
  }

  void cut_power() { pending_.clear(); }
  void power_on() {
    dead_ = false;
    writes_left_ = 0;
  }
  /// The power goes in the middle of the n-th write from now.
  void cut_power_at_write(int n) { writes_left_ = n; }
  void damage(uint32_t slot) { flash_[slot].assign(flash_[slot].size(), 0xFF); }
  int writes() const { return writes_; }
  bool dead() const { return dead_; }

 private:
  std::map<uint32_t, Record> flash_;
  std::map<uint32_t, Record> pending_;
  int writes_{0};
  int writes_left_{0};
  bool dead_{false};
};

struct Page {
  std::string text;
  std::vector<long> numbers;  ///< v, log, oldest, next, now
  bool more;
  std::vector<long> total;
  std::vector<std::vector<long>> rows;

  uint32_t log() const { return static_cast<uint32_t>(numbers[1]); }
  uint32_t oldest() const { return static_cast<uint32_t>(numbers[2]); }
  uint32_t next() const { return static_cast<uint32_t>(numbers[3]); }
  /// Sums of the rows' counts.
  std::vector<long> sums() const {
    std::vector<long> sum(7);
    for (const auto &row : rows)
      for (size_t i = 0; i < sum.size(); i++) sum[i] += row[2 + i];
    return sum;
  }
};

inline std::vector<long> integers(const std::string &text) {
  std::vector<long> found;
  const char *at = text.c_str();
  while (*at != 0) {
    char *end;
    const long value = std::strtol(at, &end, 10);
    if (end != at) found.push_back(value);
    at = end != at ? end : at + 1;
  }
  return found;
}

/// Columns of a row in a page.
enum Column { SEQ, MINUTE, BACK, FWD, SIDE, BACK_DM, FWD_DM, BACK_S, FWD_S, FIRST_S, LAST_S, MAX_CM };

inline Page read_page(const std::string &text) {
  Page page{text, {}, false, {}, {}};
  const auto value = [&](const char *key) {
    const size_t at = text.find(std::string("\"") + key + "\":");
    EXPECT_NE(at, std::string::npos) << key;
    return text.substr(at + std::strlen(key) + 3);
  };
  for (const char *key : {"v", "log", "oldest", "next", "now"})
    page.numbers.push_back(std::strtol(value(key).c_str(), nullptr, 10));
  page.more = value("more").starts_with("true");
  const std::string total = value("total");
  page.total = integers(total.substr(0, total.find(']')));
  const std::string rows = value("m");
  EXPECT_TRUE(rows.ends_with("]]}") || rows == "[]}") << text;
  for (size_t at = rows.find('[', 1); at != std::string::npos; at = rows.find('[', at + 1))
    page.rows.push_back(integers(rows.substr(at, rows.find(']', at) - at)));
  for (const auto &row : page.rows) EXPECT_EQ(row.size(), 12U);
  return page;
}

/// A pod that lives through time: a stride a second while walking, saves as the pod does.
class Bench {
 public:
  explicit Bench(uint32_t epoch_s = 1800000000) : wall_s_(epoch_s) { boot(); }

  void boot() {
    flash_.power_on();
    log_ = std::make_unique<MinuteLog>(flash_);
    if (!log_->resume()) log_->start(boots_ == 0 ? 4711 : 1000 + boots_);
    boots_++;
    uptime_s_ = 0;
    clock_set_ = boots_ == 1 && clock_at_boot_;
  }
  void cut_power() {
    flash_.cut_power();
    clock_at_boot_ = clock_set_;
    const bool clock = clock_set_;
    boot();
    clock_set_ = clock;
  }

  /// Sleeps deeply: the clock goes on meanwhile, off by `error_s` at the end, all else begins anew.
  void sleep(int seconds, int error_s = 0) {
    log_->save();
    kept_ = log_->clock_record(epoch_s());
    step_clock(seconds + error_s);
    wake(kept_);
  }
  void wake(const ClockHistory::Record &kept) {
    cut_power();
    resumed_ = log_->resume_clock(kept, {epoch_s(), uptime_s_});
  }
  const ClockHistory::Record &kept() const { return kept_; }
  bool resumed() const { return resumed_; }

  /// Walks for so many seconds, one stride each.
  void walk(int seconds, Direction direction = Direction::BACKWARD, float length_m = 0.55f) {
    for (int i = 0; i < seconds && !flash_.dead(); i++) {
      pass_second(-1.0f, direction, length_m);
    }
  }
  void rest(int seconds) {
    for (int i = 0; i < seconds && !flash_.dead(); i++)
      pass_second(static_cast<float>(i), Direction::NONE, 0);
  }
  /// Walks to the end of the current minute, whatever is left of it.
  void to_next_minute() { rest(static_cast<int>(60 - wall_s_ % 60)); }

  Page page(uint32_t log = 0, int32_t after = 0, int32_t limit = 0) {
    std::vector<char> text(MinuteLog::PAGE_SIZE, '#');
    const size_t length = log_->write_page(text.data(), {log, after, limit}, epoch_s());
    EXPECT_LT(length, MinuteLog::PAGE_SIZE);
    EXPECT_EQ(text[length], '\0');
    return read_page(std::string(text.data(), length));
  }
  /// All rows, page by page, acknowledged as a client does.
  Page everything() {
    Page all = page();
    Page last = all;
    while (last.more) {
      last = page(all.log(), static_cast<int32_t>(last.next() - 1));
      all.rows.insert(all.rows.end(), last.rows.begin(), last.rows.end());
      all.total = last.total;
      all.numbers = last.numbers;
    }
    all.more = false;
    return all;
  }

  uint32_t epoch_s() const { return clock_set_ ? wall_s_ : 0; }
  MinuteLog &log() { return *log_; }
  FakeFlash &flash() { return flash_; }
  void set_clock(bool set) { clock_set_ = set; }
  void step_clock(int seconds) { wall_s_ = static_cast<uint32_t>(static_cast<int>(wall_s_) + seconds); }
  uint32_t wall_s() const { return wall_s_; }
  uint32_t uptime_s() const { return uptime_s_; }

 private:
  void pass_second(float rest_s, Direction direction, float length_m) {
    wall_s_++;
    uptime_s_++;
    if (direction != Direction::NONE) {
      Stride stride{};
      stride.start_us = uint64_t{uptime_s_} * 1000000 - 900000;
      stride.end_us = uint64_t{uptime_s_} * 1000000;
      stride.direction = direction;
      stride.length_m = length_m;
      stride.counted = stride.length_valid = true;
      log_->add(stride, {epoch_s(), uptime_s_});
      rest_s = 0.3f;  // its stance
    }
    log_->tick({epoch_s(), uptime_s_});
    if (log_->save_due(uptime_s_, rest_s)) log_->save();
  }

  FakeFlash flash_;
  std::unique_ptr<MinuteLog> log_;
  uint32_t wall_s_;
  uint32_t uptime_s_{0};
  uint32_t boots_{0};
  bool clock_at_boot_{true};
  bool clock_set_{true};
  ClockHistory::Record kept_{};
  bool resumed_{false};
};

}  // namespace esphome::retrostep
