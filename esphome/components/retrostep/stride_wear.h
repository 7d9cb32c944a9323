#pragma once
/// Is the pod on a foot? Even a resting leg stirs; a pod on the shelf does not.
///
/// The rule of van Hees et al. as in GGIR: not worn if over an hour, looked at every quarter, at least two of
/// the three axes spread less than 13 mg and stay within 50 mg. Walking proves wear at once.

#include <array>

#include "stride_parameters.h"
#include "stride_window.h"

namespace esphome::retrostep {

class StrideWear {
 public:
  bool worn() const { return worn_; }
  /// Start from, or go on with, what somebody else knows.
  void assume(bool worn) { worn_ = worn; }

  RETROSTEP_IN_PLACE void pass(uint32_t dt_us) { since_us_ += dt_us; }
  /// It is time to look, as it is every now and then.
  RETROSTEP_IN_PLACE bool due() const { return since_us_ >= to_us(parameters::WEAR_EVERY_S); }
  /// Looks at a specific force.
  void add(const Whole3 &accel_q18g, bool walking) {
    if (walking) worn_ = true;
    block_us_ += since_us_;
    since_us_ = 0;
    blocks_[now_].add(accel_q18g.real(ACCEL_UNIT));
    if (block_us_ >= to_us(parameters::WEAR_BLOCK_S)) judge_(walking);
  }

 private:
  static constexpr size_t BLOCKS = 4;

  struct Axis {
    float mean{0}, squares{0};  // squares of the distances to the mean, summed (Welford)
    float low{1e9f}, high{-1e9f};

    void add(float value, float n) {
      const float off = value - mean;
      mean += off / n;
      squares += off * (value - mean);
      low = std::min(low, value);
      high = std::max(high, value);
    }
    /// Joins another block's readings (Chan).
    void join(const Axis &o, float n, float o_n) {
      const float off = o.mean - mean, all = n + o_n;
      mean += off * o_n / all;
      squares += o.squares + off * off * n * o_n / all;
      low = std::min(low, o.low);
      high = std::max(high, o.high);
    }
  };
  struct Block {
    float n{0};
    Axis axes[3];

    void add(const Vec3 &accel) {
      n += 1.0f;
      axes[0].add(accel.x, n);
      axes[1].add(accel.y, n);
      axes[2].add(accel.z, n);
    }
    bool still() const {
      int quiet = 0;
      for (const Axis &axis : axes) {
        const float sd2 = axis.squares / std::max(n, 1.0f);
        quiet +=
            sd2 < parameters::WEAR_SD * parameters::WEAR_SD && axis.high - axis.low < parameters::WEAR_RANGE;
      }
      return quiet >= 2;
    }
  };

  /// A quarter of an hour is over.
  void judge_(bool walking) {
    block_us_ = 0;
    filled_ = std::min(filled_ + 1, BLOCKS);
    if (!blocks_[now_].still()) worn_ = true;
    if (filled_ == BLOCKS && !walking) {
      Block hour = blocks_[0];
      for (size_t i = 1; i < BLOCKS; ++i) {
        for (int axis = 0; axis < 3; ++axis)
          hour.axes[axis].join(blocks_[i].axes[axis], hour.n, blocks_[i].n);
        hour.n += blocks_[i].n;
      }
      if (hour.still()) worn_ = false;
    }
    now_ = (now_ + 1) % BLOCKS;
    blocks_[now_] = {};
  }

  std::array<Block, BLOCKS> blocks_{};
  size_t now_{0}, filled_{0};
  uint32_t block_us_{0}, since_us_{0};
  bool worn_{false};
};

}  // namespace esphome::retrostep
