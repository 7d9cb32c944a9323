#pragma once
/// The minute log's records in ESPHome's preferences.

#include <array>

#include "esphome/core/preferences.h"
#include "minute_log_store.h"

namespace esphome::retrostep {

class PreferenceStore : public MinuteStore {
 public:
  /// Reserves the preferences; call once, before the log begins.
  void begin();
  bool save(uint32_t slot, const void *data, size_t size) override;
  bool load(uint32_t slot, void *data, size_t size) override;
  bool sync() override;

 protected:
  std::array<ESPPreferenceObject, SLOTS> preferences_;
};

}  // namespace esphome::retrostep
