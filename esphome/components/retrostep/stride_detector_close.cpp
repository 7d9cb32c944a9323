/// What a stride is made of: from a swing between two rests to its length, climb and turns.

#include "stride_detector.h"
#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

float level(const Vec3 &way) {
  return std::sqrt(way.x * way.x + way.y * way.y);
}

}  // namespace

/// How far the swing went to its `end`, m, axes of its start.
Vec3 StrideDetector::moved(const Swing &end, const Whole3 &end_rate) const {
  const float seconds = end.seconds();
  // What the gap hid came at once, in its middle; other errors grow steadily.
  const float drift_s = end.gap_us > 0 ? seconds - to_s(end.gap_us) : 0.5f * seconds;
  Vec3 moved = end.position_m() - end.velocity_ms() * drift_s;
  // A foot that rolls about its sole carries the pod along at both ends, unseen by a zero speed there.
  const Whole3 rates = start_.rotate_half(start_rate_ << 6) + end.attitude.rotate_half(end_rate << 6);
  const float carried = 0.5f * seconds * p::kPodHeightM * kRateUnit / (1 << 5);
  moved.x += static_cast<float>(rates.y) * carried;
  moved.y -= static_cast<float>(rates.x) * carried;
  return moved;
}

/// A stride from the last rest to `end`; false for what is only a fidget.
bool StrideDetector::close(const Swing &end, const Whole3 &end_rate, uint64_t end_us) {
  if (end.peak_rate2 < rate_square(p::kSwingMinPeakDps) || end.time_us <= to_us(p::kSwingMinS)) return false;
  stride_.start_us = start_us_;
  stride_.end_us = end_us;
  const Vec3 way = moved(end, end_rate);
  const Whole3 whole = Whole3::of(way, 1.0f / kSpeedUnit);
  stride_.start = start_;
  stride_.way = {whole.x, whole.y};
  stride_.length_m = stride_.measured_m = level(way);
  stride_.climb_m = way.z;
  const Attitude turned = end.attitude * start_.conjugate();
  stride_.tilt_cos =
      static_cast<float>(start_.up().dot(end.attitude.up())) * (1.0f / (1 << (2 * kTurnBits - 32)));
  const int32_t half = angle_of(turned.w, turned.z);
  stride_.yaw = retrostep::turned(half, half);
  stride_.residual_ms = anchor_ == Anchor::kGuess ? std::fabs(end.lift_ms().norm() - end.seconds() * kGravity)
                                                  : end.velocity_ms().norm();
  stride_.peak_dps = end.peak_dps();
  stride_.peak_ms = end.top_ms();
  stride_.bridged = end.gap_us > 0;
  stride_.unsure_m = p::kUnsureDrift * 0.5f * end.seconds() * stride_.residual_ms;
  if (stride_.bridged) {
    const float drift_s = end.seconds() - to_s(end.gap_us);
    stride_.unsure_m = p::kBridgedUnsureDrift * drift_s * stride_.residual_ms +
                       p::kBridgedUnsurePath * end.seconds() * stride_.peak_ms;
  }
  stride_.turn = touch_turn_;
  return true;
}

/// A foot called at rest may still roll down: the length of the stride that just ended is measured to the
/// calmest instant that soon follows. Nothing else about it changes.
void StrideDetector::measure(MotionWindow::Span now, uint32_t rate2, uint32_t dt_us) {
  touch_age_us_ += dt_us;
  if (rate2 < calm_rate2_) {
    calm_rate2_ = rate2;
    stride_.measured_m = level(moved(touch_, window_.mean_rate(now) - bias()));
  }
  measuring_ = touch_age_us_ < to_us(p::kCalmWaitS) && calm_rate2_ > rate_square(p::kCalmDps);
}

}  // namespace retrostep
