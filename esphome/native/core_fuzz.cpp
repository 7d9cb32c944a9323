/// Feeds the stride core anything at all: libFuzzer with address and undefined-behaviour sanitizers.
///
/// A sample is 28 bytes: the time as it is, and six floats as they are: NaN, infinities, denormals included.
/// Or 16 bytes: the time and six readings as a sensor gives them.
/// The first byte chooses what the core starts from. Whatever comes: no crash, every stride once and in time
/// order with numbers in range, and a short walk afterwards counts again.

#include <cstdlib>
#include <cstring>

#include "../../tests/native/stride_motion.h"

namespace esphome::retrostep {
namespace {

constexpr int WALK = 8;
constexpr int LOST_AT_MOST = 4;  // two strides to recover, two the garbage may have spoilt

void require(bool held) {
  if (!held) std::abort();
}

class Judge final : public StrideSink {
 public:
  void on_stride(const Stride &stride) override {
    require(stride.start_us < stride.end_us && stride.start_us >= last_us_);
    require(std::isfinite(stride.length_m) && stride.length_m >= 0 && stride.length_m < 10);
    require(std::isfinite(stride.yaw_deg) && std::isfinite(stride.dz_m) && std::isfinite(stride.peak_dps));
    require(!(stride.counted && stride.undecided));
    last_us_ = stride.end_us;
    counted_ += stride.counted;
  }
  int counted() const { return counted_; }

 private:
  uint64_t last_us_{0};
  int counted_{0};
};

void play(const uint8_t *data, size_t size) {
  Judge judge;
  StrideCore core(judge);
  const uint8_t start = size > 0 ? *data++ : 0;
  if (size > 0) --size;
  const bool known = start % 3 == 0;
  if (start % 3 == 1) core.find_mounting();
  if (start % 3 == 2) core.use_mounting({{0, 0, 1}, {1, 0, 0}, 0.9f, false});
  if (start & 0x40) core.calibrate_forward();
  const bool raw = (start & 0x20) != 0;
  const size_t bytes = raw ? 16 : 28;
  for (; size >= bytes; data += bytes, size -= bytes) {
    Sample sample;
    std::memcpy(&sample.time_us, data, 4);
    if (raw) {
      int16_t readings[6];
      std::memcpy(readings, data + 4, 12);
      for (int i = 0; i < 3; ++i) {
        sample.accel_g[i] = static_cast<float>(readings[i]) / 2048.0f;
        sample.gyro_dps[i] = static_cast<float>(readings[3 + i]) / 16.4f;
      }
    } else {
      std::memcpy(sample.accel_g, data + 4, 12);
      std::memcpy(sample.gyro_dps, data + 16, 12);
    }
    // Half of the inputs keep time nearly steady, so that more than the clock is reached.
    if (start & 0x80) sample.time_us = static_cast<uint32_t>(core.now_us()) + sample.time_us % 20000;
    core.add(sample);
  }
  const int before = judge.counted();
  testing::Walker walker(core);
  walker.time_s = static_cast<double>(core.now_us()) * 1e-6;
  walker.stand(3);
  walker.walk(WALK, {.length_m = 0.9});
  walker.stand(4);
  core.finish();
  if (known && !(start & 0x40)) require(judge.counted() - before >= WALK - LOST_AT_MOST);
}

}  // namespace
}  // namespace esphome::retrostep

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  esphome::retrostep::play(data, size);
  return 0;
}
