#include "stride_core_capi.h"

#include "stride_core.h"

namespace esphome::retrostep {

namespace {

class Sheet final : public StrideSink {
 public:
  Sheet(stride_core_stride *strides, uint32_t room) : strides_(strides), room_(room) {}
  void on_stride(const Stride &stride) override {
    if (found_ < room_)
      strides_[found_] = {stride.start_us,    stride.end_us,  static_cast<int32_t>(stride.direction),
                          stride.length_m,    stride.yaw_deg, stride.counted,
                          stride.length_valid};
    ++found_;
  }
  uint32_t found() const { return found_; }

 private:
  stride_core_stride *strides_;
  uint32_t room_, found_{0};
};

}  // namespace

}  // namespace esphome::retrostep

uint32_t stride_core_count(const uint32_t *time_us, const float *readings, uint32_t samples, int known,
                           stride_core_stride *strides, uint32_t room) {
  esphome::retrostep::Sheet sheet(strides, room);
  esphome::retrostep::StrideCore core(sheet);
  if (!known) core.find_mounting();
  for (uint32_t i = 0; i < samples; ++i) {
    const float *r = readings + 6 * i;
    core.add({time_us[i], {r[0], r[1], r[2]}, {r[3], r[4], r[5]}});
  }
  core.finish();
  return sheet.found();
}
