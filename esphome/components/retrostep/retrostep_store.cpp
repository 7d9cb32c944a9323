#include "retrostep_store.h"

#include "esphome/core/helpers.h"
#include "minute_log_types.h"

namespace esphome::retrostep {

void PreferenceStore::begin() {
  // The record formats carry their own version: a key keeps its meaning for ever.
  const uint32_t key = fnv1_hash("retrostep.minute_log");
  for (uint32_t slot = 0; slot < SLOTS; slot++) {
    const size_t size = slot < HEAD_SLOTS ? sizeof(HeadRecord) : sizeof(BlockRecord);
    this->preferences_[slot] = global_preferences->make_preference(size, key + slot, true);
  }
}

bool PreferenceStore::save(uint32_t slot, const void *data, size_t size) {
  return slot < SLOTS && this->preferences_[slot].save(static_cast<const uint8_t *>(data), size);
}

bool PreferenceStore::load(uint32_t slot, void *data, size_t size) {
  return slot < SLOTS && this->preferences_[slot].load(static_cast<uint8_t *>(data), size);
}

bool PreferenceStore::sync() {
  return global_preferences->sync();
}

}  // namespace esphome::retrostep
