#include "virtual_clock.h"

#include <sys/select.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "esphome/core/hal.h"
#include "esphome/core/log.h"

extern "C" int __real_clock_gettime(clockid_t clock, struct timespec *out);
extern "C" int __real_nanosleep(const struct timespec *wanted, struct timespec *left);
extern "C" int __real_select(int count, fd_set *read, fd_set *write, fd_set *except, struct timeval *timeout);
extern "C" time_t __real_time(time_t *out);

namespace {

constexpr int64_t SECOND_NS = 1000000000;
/// Looking at the clock takes time too; without this a loop that waits for it would never end.
constexpr int64_t LOOK_NS = 100;

enum class Time : uint8_t { UNKNOWN, VIRTUAL, REAL };

Time time_is = Time::UNKNOWN;

/// Asked by what runs before anything is set up.
bool virtual_time() {
  if (time_is == Time::UNKNOWN) time_is = getenv("VIRTUAL_CLOCK") != nullptr ? Time::VIRTUAL : Time::REAL;
  return time_is == Time::VIRTUAL;
}

/// As long as a pod takes to start.
int64_t now_ns = SECOND_NS;

/// What the main loop slept, and how often.
int64_t slept_ns = 0;
uint32_t sleeps = 0;

int64_t real_ns() {
  struct timespec real;
  __real_clock_gettime(CLOCK_MONOTONIC, &real);
  return real.tv_sec * SECOND_NS + real.tv_nsec;
}

/// From here on time is the machine's, going on from where it is.
int64_t real_offset_ns = 0;

int64_t monotonic_ns() {
  return virtual_time() ? now_ns += LOOK_NS : real_ns() + real_offset_ns;
}

}  // namespace

extern "C" int __wrap_clock_gettime(clockid_t clock, struct timespec *out) {
  if (clock != CLOCK_MONOTONIC) return __real_clock_gettime(clock, out);
  const int64_t ns = monotonic_ns();
  *out = {.tv_sec = ns / SECOND_NS, .tv_nsec = ns % SECOND_NS};
  return 0;
}

extern "C" int __wrap_nanosleep(const struct timespec *wanted, struct timespec *left) {
  if (!virtual_time()) return __real_nanosleep(wanted, left);
  now_ns += wanted->tv_sec * SECOND_NS + wanted->tv_nsec;
  return 0;
}

extern "C" int __wrap_select(int count, fd_set *read, fd_set *write, fd_set *except,
                             struct timeval *timeout) {
  if (!virtual_time()) return __real_select(count, read, write, except, timeout);
  struct timeval none{};
  const int ready = __real_select(count, read, write, except, &none);
  if (ready != 0) return ready;
  const int64_t ns = timeout->tv_sec * SECOND_NS + timeout->tv_usec * 1000;
  now_ns += ns;
  slept_ns += ns;
  sleeps++;
  return ready;
}

/// The wall clock starts now and keeps pace.
extern "C" time_t __wrap_time(time_t *out) {
  static const time_t start = __real_time(nullptr);
  static const int64_t start_ns = monotonic_ns();
  const time_t seconds = start + (monotonic_ns() - start_ns) / SECOND_NS;
  if (out != nullptr) *out = seconds;
  return seconds;
}

namespace esphome::virtual_clock {

static const char *const TAG = "virtual_clock";

/// What ended is published by then.
static constexpr uint32_t AFTERWARDS_MS = 5000;

void VirtualClock::setup() {
  unsigned length_ms = 0, every_ms = 0;
  const char *stall = getenv("VIRTUAL_CLOCK");
  if (stall == nullptr || sscanf(stall, "%u/%u", &length_ms, &every_ms) != 2) return;
  ESP_LOGI(TAG, "The main loop stalls for %u ms every %u ms", length_ms, every_ms);
  this->set_interval(every_ms, [length_ms]() {
    if (virtual_time()) delay(length_ms);
  });
}

void VirtualClock::loop() {
  if (!virtual_time() || !this->played_->ended()) return;
  if (this->ended_ms_ == 0) this->ended_ms_ = millis();
  if (millis() - this->ended_ms_ < AFTERWARDS_MS) return;
  const auto ms = [](int64_t ns) { return static_cast<uint32_t>(ns / 1000000); };
  ESP_LOGI(TAG, "In %u ms the main loop was awake %u times, for %u ms", ms(now_ns), sleeps,
           ms(now_ns - slept_ns));
  real_offset_ns = now_ns - real_ns();
  time_is = Time::REAL;
  ESP_LOGI(TAG, "Time is the machine's again");
}

}  // namespace esphome::virtual_clock
