/// Counts the instructions of the stride core per sample, on a bare RISC-V machine under qemu.

#include <cstdio>

#include "stride_core.h"

namespace {

struct RawSample {
  int16_t accel[3];  // 1/2048 g
  int16_t gyro[3];   // 1/16 °/s
};

/// A minute of walking, 100 samples a second; made by the bench.
constexpr RawSample kWalk[] = {
#include "walk.inc"
};

/// Keeps what the sink is told, so that nothing is optimised away.
class Tally final : public retrostep::StrideSink {
 public:
  void on_stride(const retrostep::Stride &stride) override { counted_ += stride.counted ? 1 : 0; }
  int counted() const { return counted_; }

 private:
  int counted_{0};
};

uint32_t instructions() {
  uint32_t n;
  asm volatile("csrr %0, minstret" : "=r"(n));
  return n;
}

}  // namespace

int main() {
  static Tally tally;
  static retrostep::StrideCore core(tally);
  uint32_t overhead = instructions();
  overhead = instructions() - overhead;
  uint32_t worst = 0, time_us = 0;
  uint64_t total = 0;
  int n = 0;
  for (const RawSample &raw : kWalk) {
    retrostep::Sample sample{};
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
    ++n;
  }
  std::printf("{\"samples\":%d,\"mean\":%lu,\"worst\":%lu,\"strides\":%d,\"state\":%lu}\n", n,
              static_cast<unsigned long>(total / static_cast<uint64_t>(n)), static_cast<unsigned long>(worst),
              tally.counted(), static_cast<unsigned long>(sizeof(retrostep::StrideCore)));
  return 0;
}
