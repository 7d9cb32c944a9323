#include "heap_watch.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

#include "esphome/core/application.h"
#include "esphome/core/log.h"

extern "C" void *__real_malloc(size_t size);
extern "C" void *__real_calloc(size_t count, size_t size);
extern "C" void *__real_realloc(void *memory, size_t size);

namespace {

struct Count {
  esphome::Component *component;
  size_t allocations;
};

bool watching = false;
Count counts[32];  // the last one is for all that find no place

void count() {
  if (!watching) return;
  auto *component = esphome::App.get_current_component();
  for (auto &entry : counts) {
    const bool last = &entry == &counts[31];
    if (!last && entry.allocations > 0 && entry.component != component) continue;
    entry.component = component;
    entry.allocations++;
    return;
  }
}

int64_t grown_unwatched = 0;

/// Does not count what is allocated while it lives.
class NotWatching {
 public:
  NotWatching() : watched_(watching), in_use_(mallinfo2().uordblks) { watching = false; }
  ~NotWatching() {
    watching = this->watched_;
    if (watching) grown_unwatched += static_cast<int64_t>(mallinfo2().uordblks - this->in_use_);
  }

 private:
  bool watched_;
  size_t in_use_;
};

}  // namespace

extern "C" void *__wrap_malloc(size_t size) {
  count();
  return __real_malloc(size);
}
extern "C" void *__wrap_calloc(size_t number, size_t size) {
  count();
  return __real_calloc(number, size);
}
extern "C" void *__wrap_realloc(void *memory, size_t size) {
  count();
  return __real_realloc(memory, size);
}

/// A PC keeps what would go to flash in containers of its own; on a board ESPHome hands it to the flash
/// driver.
extern "C" bool __real__ZNK7esphome4host21HostPreferenceBackend4saveEPKhm(const void *self,
                                                                          const uint8_t *data, size_t size);
extern "C" bool __wrap__ZNK7esphome4host21HostPreferenceBackend4saveEPKhm(const void *self,
                                                                          const uint8_t *data, size_t size) {
  const NotWatching not_watching;
  return __real__ZNK7esphome4host21HostPreferenceBackend4saveEPKhm(self, data, size);
}
extern "C" bool __real__ZN7esphome4host15HostPreferences4syncEv(void *self);
extern "C" bool __wrap__ZN7esphome4host15HostPreferences4syncEv(void *self) {
  const NotWatching not_watching;
  return __real__ZN7esphome4host15HostPreferences4syncEv(self);
}

void *operator new(size_t size) {
  count();
  void *memory = __real_malloc(size);
  if (memory == nullptr) abort();
  return memory;
}
void *operator new[](size_t size) {
  return operator new(size);
}
void operator delete(void *memory) noexcept {
  free(memory);
}
void operator delete[](void *memory) noexcept {
  free(memory);
}
void operator delete(void *memory, size_t) noexcept {
  free(memory);
}
void operator delete[](void *memory, size_t) noexcept {
  free(memory);
}

namespace esphome::heap_watch {

static const char *const TAG = "heap_watch";

/// What is done once is done by then: first states, first reading of the FIFO.
static constexpr uint32_t SETTLED_MS = 15000;

void HeapWatch::setup() {
  this->set_timeout(SETTLED_MS, [this]() {
    this->in_use_ = mallinfo2().uordblks;
    watching = true;
  });
}

void HeapWatch::loop() {
  if (!watching || !this->played_->ended()) return;
  watching = false;
  this->report_();
}

void HeapWatch::report_() {
  const auto in_use = mallinfo2().uordblks;
  for (const auto &entry : counts) {
    if (entry.allocations == 0) continue;
    const char *name =
        entry.component == nullptr ? "nobody" : LOG_STR_ARG(entry.component->get_component_log_str());
    ESP_LOGI(TAG, "%s allocated %zu times", name, entry.allocations);
  }
  ESP_LOGI(TAG, "The heap grew by %d bytes",
           static_cast<int>(static_cast<int64_t>(in_use - this->in_use_) - grown_unwatched));
}

}  // namespace esphome::heap_watch
