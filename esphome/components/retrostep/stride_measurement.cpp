#include "stride_measurement.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

float level(const Vec3 &way) {
  return std::sqrt(way.x * way.x + way.y * way.y);
}

/// What a treadmill counts: the way along a slope; on stairs and in jumps its level part.
float along_ground(const Vec3 &way) {
  const float level_m = level(way);
  return std::fabs(way.z) > p::STAIR_SLOPE * level_m ? level_m : way.norm();
}

/// How far the swing went to its `end`, m, axes of its start.
Vec3 moved_m(const SwingStart &start, const Swing &end, const Whole3 &end_rate_q9dps) {
  const float seconds = end.seconds();
  // What the gap hid came at once, in its middle; other errors grow steadily.
  const float drift_s = end.bridged() ? seconds - to_s(end.gap_us) : 0.5f * seconds;
  Vec3 moved = end.position_m() - end.velocity_ms() * drift_s;
  // A foot that rolls about its sole carries the pod along at both ends, unseen by a zero speed there.
  const Whole3 rates_q14dps =
      start.attitude.rotate_half(start.rate_q9dps << 6) + end.attitude.rotate_half(end_rate_q9dps << 6);
  const float carried = 0.5f * seconds * p::POD_HEIGHT_M * RATE_UNIT / (1 << 5);
  moved.x += static_cast<float>(rates_q14dps.y) * carried;
  moved.y -= static_cast<float>(rates_q14dps.x) * carried;
  return moved;
}

/// How far off the displacement may be.
float unsure_m(const Swing &end, float residual_ms) {
  if (!end.bridged()) return p::UNSURE_DRIFT * 0.5f * end.seconds() * residual_ms;
  const float drift_s = end.seconds() - to_s(end.gap_us);
  return p::BRIDGED_UNSURE_DRIFT * drift_s * residual_ms +
         p::BRIDGED_UNSURE_PATH * end.seconds() * end.peak_ms();
}

}  // namespace

bool StrideMeasurement::close(const SwingStart &start, const Swing &end, const Whole3 &end_rate_q9dps,
                              uint64_t end_us, const MountingSwing &turn) {
  if (end.peak_rate2_q4 < squared_rate_q4(p::SWING_MIN_PEAK_DPS) || end.time_us <= to_us(p::SWING_MIN_S))
    return false;
  stride_.start_us = start.at_us;
  stride_.end_us = end_us;
  const Vec3 way_m = moved_m(start, end, end_rate_q9dps);
  const Whole3 way_q23gs2 = Whole3::of(way_m, 1.0f / SPEED_UNIT);
  stride_.start = start.attitude;
  stride_.way_q23gs2 = {way_q23gs2.x, way_q23gs2.y};
  stride_.length_m = level(way_m);
  stride_.measured_m = along_ground(way_m);
  stride_.climb_m = way_m.z;
  stride_.tilt_cos = static_cast<float>(start.attitude.up_q30().dot(end.attitude.up_q30())) *
                     (1.0f / (1 << (2 * TURN_BITS - 32)));
  const Attitude turned_by = end.attitude * start.attitude.conjugate();
  const Angle half = angle_of(turned_by.w, turned_by.z);
  stride_.yaw = turned(half, half);
  stride_.residual_ms = start.zupt == Zupt::GUESS
                            ? std::fabs(end.force_time_ms().norm() - end.seconds() * GRAVITY)
                            : end.velocity_ms().norm();
  stride_.peak_dps = end.peak_dps();
  stride_.peak_ms = end.peak_ms();
  stride_.bridged = end.bridged();
  stride_.unsure_m = unsure_m(end, stride_.residual_ms);
  stride_.turn = turn;
  return true;
}

void StrideMeasurement::correct_end(const Vec3 &up) {
  stride_.tilt_cos = stride_.start.up_q30().real(1.0f / (1 << TURN_BITS)).dot(up);
}

void StrideMeasurement::begin_refining(const Swing &end, uint32_t rate2_q4) {
  calm_rate2_q4_ = rate2_q4;
  refining_ = rate2_q4 > squared_rate_q4(p::CALM_DPS);
  if (!refining_) return;
  swing_ = end;
  end_us_ = end.time_us;
}

void StrideMeasurement::refine(const SwingStart &start, const MotionWindow &window, MotionWindow::Span now,
                               uint32_t rate2_q4, const Whole3 &bias_q9dps) {
  if (rate2_q4 < calm_rate2_q4_) {
    calm_rate2_q4_ = rate2_q4;
    stride_.measured_m = along_ground(moved_m(start, swing_, window.mean_rate_q9dps(now) - bias_q9dps));
  }
  refining_ =
      swing_.time_us - end_us_ < to_us(p::CALM_WAIT_S) && calm_rate2_q4_ > squared_rate_q4(p::CALM_DPS);
}

}  // namespace esphome::retrostep
