#pragma once
/// The accelerometer's offset: what it reads beside gravity while nothing moves.
///
/// Two things show it. Real rest: gravity is one, so what the reading's size is off lies along it. And turns:
/// up as seen at the stance before, carried on by the gyroscope, and up as seen now differ by what the offset
/// has turned, which is what is left across gravity.

#include "stride_fixed.h"
#include "stride_window.h"

namespace esphome::retrostep {

class AccelOffset {
 public:
  const Whole3 &q18g() const { return offset_q18g_; }
  /// Starts from what was found before; what can't be is ignored.
  void assume(const Whole3 &q18g);

  /// The foot has been at real rest for `rest_us`. Both learn by what they return: how far the offset moved.
  Whole3 learn_at_rest(const Whole3 &accel_q18g, uint32_t rest_us);
  /// A swing from one certain stance to the next is over: `accel_q18g` is the mean specific force of the one
  /// that begins; attitudes at the start and, carried on, at the end.
  Whole3 learn_from_turn(const Attitude &start, const Attitude &end, const Whole3 &accel_q18g);

 private:
  Whole3 move_(const Vec3 &by_g);

  Whole3 offset_q18g_;
};

}  // namespace esphome::retrostep
