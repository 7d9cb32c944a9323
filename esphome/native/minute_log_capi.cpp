#include "minute_log_capi.h"

#include "minute_log.h"

using esphome::retrostep::Counts;
using esphome::retrostep::Direction;
using esphome::retrostep::MinuteLog;
using esphome::retrostep::MinuteStore;
using esphome::retrostep::Stride;

namespace {

static_assert(MINUTE_LOG_PAGE_SIZE == MinuteLog::PAGE_SIZE && MINUTE_LOG_SLOTS == MinuteStore::SLOTS);

class CallbackStore final : public MinuteStore {
 public:
  CallbackStore(minute_log_save_fn on_save, minute_log_load_fn on_load, minute_log_sync_fn on_sync,
                void *context)
      : save_(on_save), load_(on_load), sync_(on_sync), context_(context) {}
  bool save(uint32_t slot, const void *data, size_t size) override {
    return save_(context_, slot, data, static_cast<uint32_t>(size)) != 0;
  }
  bool load(uint32_t slot, void *data, size_t size) override {
    return load_(context_, slot, data, static_cast<uint32_t>(size)) != 0;
  }
  bool sync() override { return sync_(context_) != 0; }

 private:
  minute_log_save_fn save_;
  minute_log_load_fn load_;
  minute_log_sync_fn sync_;
  void *context_;
};

}  // namespace

struct minute_log {
  CallbackStore store;
  MinuteLog log{store};
};

minute_log *minute_log_boot(minute_log_save_fn save, minute_log_load_fn load, minute_log_sync_fn sync,
                            void *context, uint32_t random_id) {
  auto *log = new minute_log{{save, load, sync, context}};
  if (!log->log.resume()) log->log.start(random_id);
  return log;
}

void minute_log_cut(minute_log *log) {
  delete log;
}

void minute_log_stride(minute_log *log, int direction, float length_m, uint32_t duration_ms, uint32_t epoch_s,
                       uint32_t uptime_s) {
  Stride stride{};
  stride.end_us = uint64_t{duration_ms} * 1000;
  stride.direction = static_cast<Direction>(direction);
  stride.length_m = length_m;
  stride.counted = stride.length_valid = true;
  log->log.add(stride, {epoch_s, uptime_s});
}

void minute_log_tick(minute_log *log, uint32_t epoch_s, uint32_t uptime_s) {
  log->log.tick({epoch_s, uptime_s});
}

int minute_log_save_due(const minute_log *log, uint32_t uptime_s, float rest_s) {
  return log->log.save_due(uptime_s, rest_s) ? 1 : 0;
}

int minute_log_save(minute_log *log) {
  return log->log.save() ? 1 : 0;
}

uint32_t minute_log_page(minute_log *log, char *out, uint32_t log_id, int32_t after, int32_t limit,
                         uint32_t now_s) {
  return static_cast<uint32_t>(log->log.write_page(out, {log_id, after, limit}, now_s));
}

void minute_log_totals(const minute_log *log, uint32_t totals[7]) {
  const Counts counts = log->log.totals();
  const uint32_t values[7] = {counts.back,   counts.fwd,    counts.side, counts.back_dm,
                              counts.fwd_dm, counts.back_s, counts.fwd_s};
  for (int i = 0; i < 7; i++) totals[i] = values[i];
}

uint32_t minute_log_unsynced(const minute_log *log) {
  return log->log.unsynced();
}

uint32_t minute_log_id(const minute_log *log) {
  return log->log.log_id();
}
