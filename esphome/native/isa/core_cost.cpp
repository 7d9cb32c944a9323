/// Counts the instructions of the stride core per sample, on a bare RISC-V machine under qemu.

#include <cstdio>

#include "stride_core.h"

namespace {

struct RawSample {
  int16_t accel[3];  // 1/2048 g
  int16_t gyro[3];   // 1/16 °/s
};

/// A minute of walking, 100 samples a second; made by the bench.
constexpr RawSample WALK[] = {
#include "walk.inc"
};

/// Keeps what the sink is told, so that nothing is optimised away.
class Tally final : public esphome::retrostep::StrideSink {
 public:
  void on_stride(const esphome::retrostep::Stride &stride) override { counted_ += stride.counted ? 1 : 0; }
  int counted() const { return counted_; }

 private:
  int counted_{0};
};

uint32_t instructions() {
  uint32_t n;
  asm volatile("csrr %0, minstret" : "=r"(n));
  return n;
}

struct Cost {
  uint32_t mean, worst;
  int strides;
};

/// Instructions per sample over the walk.
Cost walk(esphome::retrostep::StrideCore &core, const Tally &tally) {
  uint32_t overhead = instructions();
  overhead = instructions() - overhead;
  uint32_t worst = 0, time_us = 0;
  uint64_t total = 0;
  for (const RawSample &raw : WALK) {
    esphome::retrostep::Sample sample;
    sample.time_us = time_us += 10000;
    for (int i = 0; i < 3; ++i) {
      sample.accel_g[i] = static_cast<float>(raw.accel[i]) / 2048.0f;
      sample.gyro_dps[i] = static_cast<float>(raw.gyro[i]) / 16.0f;
    }
    const uint32_t before = instructions();
    core.add(sample);
    const uint32_t took = instructions() - before - overhead;
    total += took;
    worst = took > worst ? took : worst;
  }
  return {static_cast<uint32_t>(total / (sizeof(WALK) / sizeof(WALK[0]))), worst, tally.counted()};
}

void print(const char *name, const Cost &cost) {
  std::printf("\"%s\":{\"mean\":%lu,\"worst\":%lu,\"strides\":%d},", name,
              static_cast<unsigned long>(cost.mean), static_cast<unsigned long>(cost.worst), cost.strides);
}

}  // namespace

int main() {
  static Tally known_tally, searched_tally;
  static esphome::retrostep::StrideCore known(known_tally), searched(searched_tally);
  searched.find_mounting();
  std::printf("{");
  print("known", walk(known, known_tally));
  print("searched", walk(searched, searched_tally));
  // The rest of what the firmware calls, so that the size of the code is that of all of it.
  esphome::retrostep::Mounting mounting{};
  if (searched.mounting(mounting)) known.use_mounting(mounting);
  known.calibrate_forward();
  known.use_known_mounting();
  known.finish();
  searched.finish();
  const bool state = known.still() + known.worn() + known.walking();
  std::printf("\"confidence\":%d,\"rate\":%d,\"gaps\":%d,\"still\":%d,",
              static_cast<int>(100.0f * searched.direction_confidence()),
              static_cast<int>(known.sample_rate_hz()), static_cast<int>(known.gap_count()), state);
  std::printf("\"samples\":%d,\"state\":%lu}\n", static_cast<int>(sizeof(WALK) / sizeof(WALK[0])),
              static_cast<unsigned long>(sizeof(esphome::retrostep::StrideCore)));
  return 0;
}
